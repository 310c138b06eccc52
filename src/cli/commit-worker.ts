import { on } from "node:events";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type Committer, committerOf } from "../content/import/run-import";
import type { Actor, Change } from "../domain/changes/change-set";
import { ChangeSetError, DomainError, type DomainErrorCode, type Finding } from "../domain/errors";
import { openStore, type StoreAddress } from "../store/open-store";

export type Task = { readonly changes: readonly Change[]; readonly actor: Actor; readonly title: string } | "settle";

export interface Reply {
  readonly failure?: Failure;
}
export type Failure =
  | { readonly code: DomainErrorCode; readonly message: string; readonly findings?: readonly Finding[] }
  | { readonly other: unknown };

/** A task; when one fails, the others of its round are dropped. Null is the last message. */
type Message = { readonly round: number; readonly task: Task } | null;

/** Does what the other thread asks for, one after another, until it asks for no more. */
async function main(port: MessagePort): Promise<void> {
  const store = await openStore(workerData as StoreAddress);
  const committer = committerOf(store);
  let failed = -1;
  for await (const [message] of on(port, "message") as AsyncIterable<[Message]>) {
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
  const { changes, actor, title } = task;
  await committer.commitAll([changes], { actor, title: () => title });
}

function told(error: unknown): Failure {
  if (!(error instanceof DomainError)) return { other: error };
  const { code, message } = error;
  return { code, message, ...(error instanceof ChangeSetError && { findings: error.findings }) };
}

void main(parentPort as MessagePort);
