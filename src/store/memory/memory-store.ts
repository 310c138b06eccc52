import type { Commit, CommitHead } from "../../domain/changes/change-set";
import { changeSetHash } from "../../domain/changes/hash";
import { planCommit } from "../../domain/changes/plan-commit";
import { subjectOf } from "../../domain/changes/subject";
import { DomainError } from "../../domain/errors";
import type { CommitResult, GraphStore, LastChange, LogQuery } from "../../domain/graph/port";
import { emptyHead, nextHead } from "./head";
import { memoryReader } from "./memory-reader";
import { stateReader } from "./memory-state-reader";

/** A store that lives as long as its process: the model that the other stores are compared with. */
export function createMemoryStore(): GraphStore {
  let head = emptyHead;
  let queue: Promise<unknown> = Promise.resolve();
  const log: Commit[] = [];
  const lastChanges = new Map<string, LastChange>();
  const results = new Map<string, { readonly hash: string; readonly result: CommitResult }>();

  const commit: GraphStore["commit"] = async (changeSet, { idempotencyKey, actor, ...options }) => {
    const key = JSON.stringify([actor.kind, actor.name, idempotencyKey]);
    const hash = changeSetHash(changeSet);
    const first = results.get(key);
    if (first && first.hash !== hash) {
      throw new DomainError(
        "IDEMPOTENCY_KEY_REUSED",
        `The idempotency key ${JSON.stringify(idempotencyKey)} came before with another change set.`,
      );
    }
    if (first) return { ...first.result, replayed: true };

    // Through JSON, as other stores keep it: the plan holds values of the caller, who may change them later.
    const plan = await planCommit(changeSet, stateReader(head), options);
    const changes = frozen(JSON.parse(JSON.stringify(plan)) as typeof plan);
    if (changes.length > 0) {
      head = nextHead(head, changes);
      const { revision } = head.model;
      const by = Object.freeze({ ...actor });
      log.push(frozen({ revision, at: new Date().toISOString(), actor: by, title: changeSet.title, changes }));
      for (const change of changes) {
        lastChanges.set(subjectOf(change), Object.freeze({ revision, actor: by, removed: change.after === null }));
      }
    }
    const result = Object.freeze({ revision: head.model.revision, changes: changes.length, replayed: false });
    results.set(key, { hash, result });
    return result;
  };

  return {
    reader: (options = {}) => memoryReader(() => head, options),
    commit: (changeSet, options) => {
      const result = queue.then(() => commit(changeSet, options));
      queue = result.catch(() => undefined);
      return result;
    },
    commits: async ({ after, first }) => log.slice(after, after + first),
    log: async (query) => entriesOf(log, query),
    lastChanges: async (subjects) =>
      new Map(
        subjects.flatMap((subject) => {
          const change = lastChanges.get(subject);
          return change ? [[subject, change]] : [];
        }),
      ),
    migrate: async () => undefined,
    ping: async () => undefined,
    settle: async () => undefined,
    close: async () => undefined,
  };
}

function entriesOf(log: readonly Commit[], query: LogQuery): readonly CommitHead[] {
  const { after = 0, before = Infinity, first, last, actor, kind } = query;
  const found = log.filter(
    (commit) =>
      commit.revision > after &&
      commit.revision < before &&
      (actor === undefined || commit.actor.name === actor) &&
      (kind === undefined || commit.actor.kind === kind),
  );
  const entries = last === undefined ? found.slice(0, first) : found.slice(-last);
  return entries.map(({ changes: _, ...entry }) => Object.freeze(entry));
}

/** The value with all objects and lists in it frozen. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
