import type { CacheUsage } from "../byte-cache";
import type { CommitHead, HeadId } from "../changes/change-set";
import { type Log, touchedBy } from "../changes/read-log";
import { DomainError } from "../errors";
import type { NodeId } from "../ids";
import { EventLoopQueue } from "../pacer";
import type { Revision } from "./node";
import type { GraphStore } from "./port";

/** How many of the newest entries are kept for all who follow. */
export const feedWindow = 1_000;
const headsAtOnce = 250;

/** How many ids of the nodes that commits are about are kept, over all of the commits. */
const maxTouchedIds = 50_000;

/** Bytes of an id in its set, and of an entry: 180 to 250 and 330 to 720 by the growth of the heap (`--expose-gc`, Node 20). */
const [bytesOfId, bytesOfHead] = [250, 750];

/** Bytes that entries and ids may take. */
export const feedBytes = feedWindow * bytesOfHead + maxTouchedIds * bytesOfId;

interface TouchedIds {
  readonly ids: Promise<ReadonlySet<NodeId>>;
  readonly count: number;
}

/** Reads the log for one follower, from its own place on. */
export interface Following {
  /** The next entry, when it is there. Null once the signal fires. Throws CONFLICT if another bank is there by then. */
  next(): Promise<CommitHead | null>;
}

/**
 * Hands on the entries of a log, to each follower at its own pace. It learns of new commits by `noticed`. The newest
 * entries are read once for all, and kept; whoever is further behind reads the log. Over all followers, one entry is handed
 * on in a turn of the event loop.
 */
export class CommitFeed {
  private head: HeadId | null = null;
  /** Stands for the bank that is followed: it is another object when another bank is there. */
  private bank = {};
  /** The newest entries, without a gap. */
  private window: CommitHead[] = [];
  private reading: Promise<void> | null = null;
  private readonly waiting = new Set<() => void>();
  private readonly queue = new EventLoopQueue();
  /** By revision, the one that was read first goes first. */
  private readonly touched = new Map<Revision, TouchedIds>();
  private touchedCount = 0;

  constructor(private readonly store: Log & Pick<GraphStore, "head">) {}

  get usage(): CacheUsage {
    return {
      name: "commitFeed",
      maxBytes: feedBytes,
      bytes: () => this.window.length * bytesOfHead + this.touchedCount * bytesOfId,
      entries: () => this.window.length + this.touched.size,
    };
  }

  /** Whether somebody waits for what comes next. */
  get isAwaited(): boolean {
    return this.waiting.size > 0;
  }

  /** The store's head at a moment after the call. */
  async newest(): Promise<Revision> {
    const head = await this.store.head();
    this.noticed(head);
    return head.revision;
  }

  /** There are commits up to this one. */
  noticed({ revision, hash }: HeadId): void {
    if (this.head && revision === this.head.revision && hash !== this.head.hash)
      return this.replaced({ revision, hash });
    if (this.head && revision <= this.head.revision) return;
    this.head = { revision, hash };
    this.wake();
  }

  /** Another bank is there, whose head this is: those who followed the one before are told so, and end. */
  replaced({ revision, hash }: HeadId): void {
    this.head = { revision, hash };
    [this.bank, this.window, this.reading] = [{}, [], null];
    this.touched.clear();
    this.touchedCount = 0;
    this.wake();
  }

  /** Looks for commits, and whether the log still has the entry that was the newest one; else calls `replaced`. */
  async look(): Promise<void> {
    const known = this.head;
    const head = await this.store.head();
    const isSame = known === null || known.revision === 0 || (await this.has(known));
    if (isSame) this.noticed(head);
    else if (this.head === known) this.replaced(head);
  }

  /** Throws CONFLICT unless the log has an entry of this revision and hash. */
  async assertHas(head: HeadId): Promise<void> {
    if (!(await this.has(head))) throw this.anotherBank();
  }

  /** Follows the log after a revision, until the signal fires. */
  follow(after: Revision, signal: AbortSignal): Following {
    const { bank } = this;
    let position = after;
    let ready: readonly CommitHead[] = [];
    return {
      next: async () => {
        for (;;) {
          if (ready.length === 0) ready = await this.after(position, signal, bank);
          await this.queue.turn();
          if (signal.aborted) return null;
          this.assertBank(bank);
          const [head, ...rest] = ready;
          if (!head) continue;
          [ready, position] = [rest, head.revision];
          return head;
        }
      },
    };
  }

  /** Whether a commit is about one of the nodes, or about their links. */
  async isAbout({ revision, nodeCount }: CommitHead, ids: ReadonlySet<NodeId>): Promise<boolean> {
    const touched = this.touched.get(revision) ?? this.readTouched(revision, nodeCount);
    const found = await touched.ids;
    for (const id of ids) if (found.has(id)) return true;
    return false;
  }

  private readTouched(revision: Revision, count: number): TouchedIds {
    const ids = touchedBy(this.store, revision, { first: count, skip: 0 }).then(
      (nodes) => new Set(nodes.map(({ id }) => id)),
    );
    const touched = { ids, count };
    this.touched.set(revision, touched);
    this.touchedCount += count;
    ids.catch(() => this.forget(revision));
    while (this.touchedCount > maxTouchedIds) this.forget(this.touched.keys().next().value!);
    return touched;
  }

  private forget(revision: Revision): void {
    this.touchedCount -= this.touched.get(revision)?.count ?? 0;
    this.touched.delete(revision);
  }

  private async after(position: Revision, signal: AbortSignal, bank: object): Promise<readonly CommitHead[]> {
    while (!signal.aborted) {
      this.assertBank(bank);
      const head = this.head?.revision ?? 0;
      if (position >= head) {
        await this.news(signal);
        continue;
      }
      const start = position + 1 - (this.window[0]?.revision ?? Infinity);
      if (start >= 0 && start < this.window.length) return this.window.slice(start, start + headsAtOnce);
      if (head - position > feedWindow) return this.store.log({ after: position, first: headsAtOnce });
      await (this.reading ??= this.read().finally(() => (this.reading = null)));
    }
    return [];
  }

  /** Brings the window up to the head. */
  private async read(): Promise<void> {
    const { bank } = this;
    for (;;) {
      const head = this.head!.revision;
      const end = Math.max(this.window.at(-1)?.revision ?? 0, head - feedWindow);
      if (end >= head) return;
      const heads = await this.store.log({ after: end, first: headsAtOnce });
      if (this.bank !== bank) return;
      // The log is shorter than the head that was noticed: it is read again when there is news.
      if (heads.length === 0) throw new DomainError("STORE_UNAVAILABLE", `The log ends at revision ${end}.`);
      if (heads[0]!.revision !== (this.window.at(-1)?.revision ?? -1) + 1) this.window = [];
      this.window.push(...heads);
      if (this.window.length > feedWindow) this.window.splice(0, this.window.length - feedWindow);
    }
  }

  private async has({ revision, hash }: HeadId): Promise<boolean> {
    const [entry] = await this.store.log({ after: revision - 1, first: 1 });
    return entry?.revision === revision && entry.hash === hash;
  }

  private assertBank(bank: object): void {
    if (bank !== this.bank) throw this.anotherBank();
  }

  private anotherBank(): DomainError {
    return new DomainError(
      "CONFLICT",
      `Another bank is there now, at revision ${this.head?.revision ?? 0}; read it from the start.`,
    );
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
