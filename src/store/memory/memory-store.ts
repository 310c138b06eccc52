import type { ApiKey, KeyStore } from "../../domain/access/key-store";
import { adoptingReader } from "../../domain/changes/as-logged";
import { type Commit, type CommitHead, emptyHeadId, type HeadId, subjectOf } from "../../domain/changes/change-set";
import { assertSameInput, inputHashOf } from "../../domain/changes/hash";
import { concerns, findableBy } from "../../domain/changes/history";
import { type LogEntry, logEntry } from "../../domain/changes/log-entry";
import { planCommit } from "../../domain/changes/plan-commit";
import type { StateReader } from "../../domain/changes/state-reader";
import { stateOfView } from "../../domain/changes/view-state";
import type { Database } from "../../domain/database";
import { deepFreeze } from "../../domain/deep-freeze";
import { DomainError } from "../../domain/errors";
import { compareText } from "../../domain/graph/order";
import type { CommitResult, GraphStore, LastChange, LastChanges, LogQuery } from "../../domain/graph/port";
import { Pacer } from "../../domain/pacer";
import { emptyHead, type Head, nextHead, scan } from "./head";
import { MemoryDrafts } from "./memory-drafts";
import { memoryReader } from "./memory-reader";

/** A store that lives as long as its process: the model that the other stores are compared with. */
export function createMemoryStore(): Database {
  let head = emptyHead;
  let queue: Promise<unknown> = Promise.resolve();
  const drafts = new MemoryDrafts();
  const log: Logged[] = [];
  const lastChanges = new Map<string, LastChange>();
  const results = new Map<string, { readonly hash: string; readonly result: CommitResult }>();

  const changesSeen: LastChanges = {
    lastChanges: async (subjects) =>
      new Map(
        subjects.flatMap((subject) => {
          const change = lastChanges.get(subject);
          return change ? [[subject, change]] : [];
        }),
      ),
  };

  const commit: GraphStore["commit"] = async (given, options) => {
    const { idempotencyKey, actor, publishes, skipDanglingMentions = false } = options;
    const key = JSON.stringify([actor.kind, actor.name, idempotencyKey]);
    const hash = inputHashOf(given, options);
    const first = results.get(key);
    if (first) {
      assertSameInput(idempotencyKey, first.hash, hash);
      return { ...first.result, replayed: true };
    }
    if (publishes) drafts.assertVersion(publishes.draft, publishes.version);
    const reader = adoptingReader(stateReader(head), options.adopts, head.model.revision);
    const changeSet = typeof given === "function" ? await given(reader, changesSeen) : given;

    // Through JSON, as other stores keep it: the plan holds values of the caller, who may change them later.
    const plan = await planCommit(changeSet, reader, { skipDanglingMentions });
    const changes = deepFreeze(JSON.parse(JSON.stringify(plan)) as typeof plan);
    const at = new Date().toISOString();
    if (changes.length > 0) {
      const revision = head.model.revision + 1;
      const by = Object.freeze({ kind: actor.kind, name: actor.name });
      const draft = publishes && { draft: publishes.draft };
      const facts = { revision, at, actor: by, title: changeSet.title, ...draft, changes };
      const entry = await logEntry(facts, (log.at(-1) ?? emptyHeadId).hash, new Pacer());
      log.push({ ...deepFreeze(entry.head), changes, entry });
      head = nextHead(head, changes, entry.head);
      for (const change of changes) {
        lastChanges.set(subjectOf(change), Object.freeze({ revision, actor: by, removed: change.after === null }));
      }
    }
    const result = Object.freeze({ revision: head.model.revision, changes: changes.length, replayed: false });
    if (publishes) drafts.published(publishes.draft, result.revision, at);
    results.set(key, { hash, result });
    return result;
  };

  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  return {
    keys: createMemoryKeys(),
    caches: [],
    drafts: drafts.port(inTurn),
    reader: (options = {}) => memoryReader(() => head, options),
    commit: (changes, options) => inTurn(() => commit(changes, options)),
    head: async () => headIdOf(log.at(-1) ?? emptyHeadId),
    log: async (query) => entriesOf(log, query),
    parts: async ({ revision, of, from = 0, first }) =>
      (log[revision - 1]?.entry[of] ?? []).filter(({ before, rows }) => before + rows > from).slice(0, first),
    history: async (subject, { before = Infinity, first }) => {
      const all = log.filter(({ revision, changes }) => revision < before && changes.some(concerns(subject))).reverse();
      const commits = all.slice(0, first);
      const next = all.length > first ? commits.at(-1)!.revision : null;
      return Object.freeze({ commits: Object.freeze(commits.map(headOf)), before: next });
    },
    async *inspect() {
      for (const page of scan(head)) for (const item of page) yield { ...item, isSound: true };
    },
    ...changesSeen,
    migrate: async () => undefined,
    ping: async () => undefined,
    settle: async () => undefined,
    close: async () => undefined,
  };
}

interface Logged extends Commit {
  readonly entry: LogEntry;
}

const headOf = ({ entry }: Logged): CommitHead => entry.head;
const headIdOf = ({ revision, hash }: HeadId): HeadId => Object.freeze({ revision, hash });

function entriesOf(log: readonly Logged[], query: LogQuery): readonly CommitHead[] {
  const { after = 0, before = Infinity, first, last, actor, kind, about } = query;
  const found = log.filter(
    (commit) =>
      commit.revision > after &&
      commit.revision < before &&
      (actor === undefined || commit.actor.name === actor) &&
      (kind === undefined || commit.actor.kind === kind) &&
      (about === undefined || findableBy(commit.changes).has(about)),
  );
  return (last === undefined ? found.slice(0, first) : found.slice(-last)).map(headOf);
}

/** The state that the next commit is planned against. */
export const stateReader = ({ model, texts }: Head): StateReader =>
  stateOfView(model, async (ids) => new Map(ids.map((id) => [id, texts.get(id) ?? {}])));

function createMemoryKeys(): KeyStore {
  const kept = new Map<string, ApiKey>();
  const change = (id: string, changed: (key: ApiKey) => Partial<ApiKey>): boolean => {
    const key = kept.get(id);
    if (key) kept.set(id, Object.freeze({ ...key, ...changed(key) }));
    return key !== undefined;
  };
  return {
    async add(key) {
      if (kept.has(key.id)) throw new DomainError("INVALID_ARGUMENT", `There is an API key ${key.id} already.`);
      kept.set(key.id, Object.freeze({ ...key }));
    },
    key: async (id) => kept.get(id) ?? null,
    keys: async () =>
      [...kept.values()].sort((a, b) => compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id)),
    revoke: async (id, at) => change(id, ({ revokedAt }) => ({ revokedAt: revokedAt ?? at })),
    async used(id, at) {
      change(id, ({ lastUsedAt }) => (lastUsedAt === null || lastUsedAt < at ? { lastUsedAt: at } : {}));
    },
  };
}
