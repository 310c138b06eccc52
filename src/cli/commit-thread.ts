import { on } from "node:events";
import { Worker } from "node:worker_threads";
import type { Committer } from "../content/import/run-import";
import { ChangeSetError, DomainError } from "../domain/errors";
import type { StoreAddress } from "../store/open-store";
import type { Failure, Reply, Task } from "./commit-worker";

/**
 * Writes to a store in a thread of its own, so that what comes next can be prepared while commits are checked and written.
 * It starts with the first of them.
 */
export class CommitThread implements Committer {
  private thread: ReturnType<typeof start> | undefined;
  private round = 0;

  constructor(private readonly store: StoreAddress) {}

  // All are sent at once: the thread need not wait for this one between two of them.
  commitAll: Committer["commitAll"] = async (commits, { actor, title, onCommit }) => {
    const { length: count } = commits;
    const total = commits.reduce((sum, changes) => sum + changes.length, 0);
    let done = 0;
    const tasks = commits.map((changes, index): Task => ({ changes, actor, title: title(index + 1, count) }));
    for await (const index of this.replies(tasks)) {
      done += (commits[index] as (typeof commits)[number]).length;
      onCommit?.({ done, total });
    }
  };

  async settle(): Promise<void> {
    for await (const _ of this.replies(["settle"]));
  }

  async close(): Promise<void> {
    this.thread?.worker.postMessage(null);
    await this.thread?.ended;
  }

  /** Has the tasks done one after another, and tells when each of them is; throws what one of them throws. */
  private async *replies(tasks: readonly Task[]): AsyncIterable<number> {
    const { worker, replies } = (this.thread ??= start(this.store));
    const round = this.round++;
    for (const task of tasks) worker.postMessage({ round, task });
    for (const index of tasks.keys()) {
      const [{ failure }] = (await replies.next()).value as [Reply];
      if (failure) throw thrown(failure);
      yield index;
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

/** On their way from one thread to another, errors lose what is not every error's. */
function thrown(failure: Failure): unknown {
  if ("other" in failure) return failure.other;
  const { code, message, findings } = failure;
  return findings ? new ChangeSetError(findings) : new DomainError(code, message);
}
