import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { Committer } from "../content/import/run-import";
import { ChangeSetError, DomainError } from "../domain/errors";
import type { StoreAddress } from "../store/open-store";
import type { Failure, Message, Reply, Task } from "./commit-worker";

/**
 * Commits to a store in a thread of its own, so that this thread can prepare the next part while commits are checked
 * and written. The thread starts with the first call.
 */
export class CommitThread implements Committer {
  private thread: ReturnType<typeof start> | undefined;
  private round = 0;

  constructor(private readonly store: StoreAddress) {}

  commitAll: Committer["commitAll"] = (changeSets, actor, onCommit) =>
    this.perform(
      changeSets.map((changeSet): Task => ({ changeSet, actor })),
      (index) => onCommit?.(changeSets[index] as (typeof changeSets)[number]),
    );

  settle(): Promise<void> {
    return this.perform(["settle"]);
  }

  async close(): Promise<void> {
    this.thread?.worker.postMessage(null);
    await this.thread?.ended;
  }

  /**
   * Sends all tasks at once, so that the thread need not wait for this one between two tasks. Throws the error of the
   * first task that fails.
   */
  private async perform(tasks: readonly Task[], onDone?: (index: number) => void): Promise<void> {
    const { worker, replies } = (this.thread ??= start(this.store));
    const round = this.round++;
    for (const task of tasks) worker.postMessage({ round, task } satisfies Message);
    for (const index of tasks.keys()) {
      const [{ failure }] = (await replies.next()).value as [Reply];
      if (failure) throw thrown(failure);
      onDone?.(index);
    }
  }
}

function start(store: StoreAddress) {
  const worker = new Worker(require.resolve("./commit-worker"), { workerData: store });
  return {
    worker,
    replies: on(worker, "message") as AsyncIterator<[Reply]>,
    ended: new Promise((resolve) => worker.once("exit", resolve)),
  };
}

/** Rebuilds a thrown error: on their way between threads, errors lose all properties of their own class. */
function thrown(failure: Failure): unknown {
  if ("other" in failure) return failure.other;
  const { code, message, findings } = failure;
  return findings ? new ChangeSetError(findings) : new DomainError(code, message);
}
