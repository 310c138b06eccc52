import { setTimeout as wait } from "node:timers/promises";
import type { HeadId } from "../../domain/changes/change-set";
import { type GraphStore, type ScanItem, scannedItems } from "../../domain/graph/port";
import { caughtUp, loadModel, type ModelIndex } from "./load-model";
import type { ReadModel } from "./read-model";

export interface Followed<C extends ModelIndex> {
  readonly model: ReadModel;
  /** Made when it is first asked for, then kept up with the model, and changed in place. */
  readonly index: LazyIndex<C>;
}

/** Keeps a read model of a store at its head, by the commit log. */
export class ModelFollower<C extends ModelIndex> {
  private state: Followed<C> | null = null;
  private pulling: Promise<Followed<C>> | null = null;
  private readonly stopped = new AbortController();
  private lookedAt = 0;
  /** The index that is being made by `follow`, or was. */
  private prepared: LazyIndex<C> | null = null;

  constructor(
    private readonly store: GraphStore,
    private readonly createIndex: () => C,
    /** Told of each head that is found; it is not a successor of the one before where another bank is there. */
    private readonly onHead: (head: HeadId, replaced: boolean) => void = () => undefined,
  ) {}

  /** What was followed up to now; null before the first `caughtUp`. */
  get current(): Followed<C> | null {
    return this.state;
  }

  /** Milliseconds since the model was known to be at the store's head: what a reader may be behind by. */
  get lagMilliseconds(): number {
    return performance.now() - this.lookedAt;
  }

  /** The model at a head that the store had after the call. Calls that come together share the work. */
  async caughtUp(): Promise<Followed<C>> {
    // A pull that has begun may have read the log before the caller's commit; the one after it has not.
    if (this.pulling) await this.pulling.catch(() => undefined);
    return (this.pulling ??= this.pull().finally(() => (this.pulling = null)));
  }

  /**
   * Makes the index of whichever bank is there, and looks for commits of other processes every so often, until `stop`.
   * Failures are told and tried again.
   */
  async follow(milliseconds: number, failed: (error: unknown) => void): Promise<void> {
    const { signal } = this.stopped;
    for (;;) {
      this.prepare(failed);
      await wait(milliseconds, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await this.caughtUp().catch(failed);
    }
  }

  private prepare(failed: (error: unknown) => void): void {
    const index = this.state?.index;
    if (!index || index === this.prepared) return;
    this.prepared = index;
    Promise.resolve(index.get()).catch((error: unknown) => {
      if (index === this.prepared) this.prepared = null;
      failed(error);
    });
  }

  /** Gives up what is being loaded, too. */
  stop(): void {
    this.stopped.abort();
  }

  private async pull(): Promise<Followed<C>> {
    const startedAt = performance.now();
    const state = await this.pulled();
    this.lookedAt = startedAt;
    return state;
  }

  private async pulled(): Promise<Followed<C>> {
    const known = this.state;
    const isBehind = known && (await this.isBehind(known.model));
    if (known && isBehind === false) return known;
    if (known && isBehind) {
      const model = await caughtUp(known.model, this.store, known.index);
      this.state = { ...known, model };
      this.onHead(model, false);
      return this.state;
    }
    // The first time, or another bank is there now: a backup that was put back.
    const { signal } = this.stopped;
    const index = new LazyIndex(this.createIndex, () => this.store.reader({ signal }).scan());
    const model = await loadModel(this.store, signal);
    this.state = { model, index };
    this.onHead(model, known !== null);
    return this.state;
  }

  /** Whether the log goes on after the model; null if it has no such entry, so that the bank is another one. */
  private async isBehind({ revision, hash }: HeadId): Promise<boolean | null> {
    if (revision === 0) return (await this.store.log({ first: 1 })).length > 0;
    const [entry, next] = await this.store.log({ after: revision - 1, first: 2 });
    return entry?.revision === revision && entry.hash === hash ? next !== undefined : null;
  }
}

/**
 * An index that is made when it is first asked for, from a scan, and kept up from then on. So a process serves before
 * it has read every text.
 */
export class LazyIndex<C extends ModelIndex> {
  private made: C | null = null;
  private making: Promise<C> | null = null;
  /** What was committed while it is being made; the scan may have seen some of that, and seeing it twice does no harm. */
  private missed: Parameters<ModelIndex["apply"]>[] = [];

  constructor(
    private readonly create: () => C,
    private readonly scan: () => AsyncIterable<readonly ScanItem[]>,
  ) {}

  /** At hand once it is made. Throws what the scan throws; the next call tries again. */
  get(): C | Promise<C> {
    return this.made ?? (this.making ??= this.make().finally(() => (this.making = null)));
  }

  apply(...commit: Parameters<ModelIndex["apply"]>): void {
    if (this.made) this.made.apply(...commit);
    else if (this.making) this.missed.push(commit);
  }

  private async make(): Promise<C> {
    this.missed = [];
    const index = this.create();
    for await (const item of scannedItems(this.scan())) {
      // Nodes come first, and edges tell it nothing.
      if (!("node" in item)) break;
      index.put(item.node, item.revision);
    }
    for (const commit of this.missed) index.apply(...commit);
    index.loaded?.();
    return (this.made = index);
  }
}
