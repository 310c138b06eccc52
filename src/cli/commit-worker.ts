import { on } from "node:events";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type Committer, committerOf } from "../content/import/run-import";
import type { Actor, ChangeSet } from "../domain/changes/change-set";
import { ChangeSetError, DomainError, type DomainErrorCode, type Finding } from "../domain/errors";
import { openStore, type StoreAddress } from "../store/open-store";

export type Task = { readonly changeSet: ChangeSet; readonly actor: Actor } | "settle";

export interface Reply {
  readonly failure?: Failure;
}
export type Failure =
  | { readonly code: DomainErrorCode; readonly message: string; readonly findings?: readonly Finding[] }
  | { readonly other: unknown };

/** One task of a round. When a task fails, the later ones of its round are dropped. */
export interface Message {
  readonly round: number;
  readonly task: Task;
}

/** Runs the other thread's tasks one after another, until that thread sends null. */
async function main(port: MessagePort): Promise<void> {
  const store = await openStore(workerData as StoreAddress);
  const committer = committerOf(store);
  let failed = -1;
  for await (const [message] of on(port, "message") as AsyncIterable<[Message | null]>) {
    if (!message) break;
    const { round, task } = message;
    if (round === failed) continue;
    const failure = await done(committer, task).then(() => undefined, told);
    if (failure) failed = round;
    port.postMessage({ ...(failure && { failure }) } satisfies Reply);
  }
  await store.close();
  port.close();
}

async function done(committer: Committer, task: Task): Promise<void> {
  if (task === "settle") return committer.settle();
  await committer.commitAll([task.changeSet], task.actor);
}

function told(error: unknown): Failure {
  if (!(error instanceof DomainError)) return { other: error };
  const { code, message } = error;
  return { code, message, ...(error instanceof ChangeSetError && { findings: error.findings }) };
}

void main(parentPort as MessagePort);
