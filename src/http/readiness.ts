import type { GraphStore } from "../domain/graph/port";
import { DomainError } from "../domain/errors";
import type { Revision } from "../domain/graph/node";

export interface ServedGraph {
  readonly revision: Revision;
  /** The time since the revision was known to be the newest, in milliseconds. */
  readonly lagMilliseconds: number;
  /** "all" if every long text is in memory, "cached" if only recently read ones are. */
  readonly texts: "all" | "cached";
}

export type ServerReadiness =
  | {
      readonly ready: true;
      readonly served?: ServedGraph;
      /**
       * Seconds for which the store has not answered, as probes saw it. Present if reads go on from memory meanwhile.
       */
      readonly storeAwaySeconds?: number;
      /** Seconds for which signing keys could not be read. Present while the keys that were read last are used. */
      readonly staleKeysSeconds?: number;
    }
  | { readonly ready: false; readonly reason: string };

/**
 * Tells whether requests can be served: the store was prepared once, the graph is in memory, and the server is not
 * draining. Reads from memory go on while the store is away. Probes that come together share one ping.
 */
export class ReadinessProbe {
  private prepared = false;
  private draining = false;
  private awaySince: number | null = null;
  private pending: Promise<ServerReadiness> | null = null;

  constructor(
    private readonly store: GraphStore,
    /**
     * Returns the graph in memory, or null if the store is asked each time. While the graph is loading, requests that
     * do not need memory are answered from the store.
     */
    private readonly served: () => ServedGraph | "loading" | null = () => null,
    /** True if the server is not ready while the store is away, even if reads are answered from memory. */
    private readonly isStrict = false,
    /** Returns the seconds for which signing keys could not be read; null while they can be. */
    private readonly staleKeysSeconds: () => number | null = () => null,
  ) {}

  markPrepared(): void {
    this.prepared = true;
  }

  markDraining(): void {
    this.draining = true;
  }

  get isDraining(): boolean {
    return this.draining;
  }

  /** True once requests are let through. An unreachable store then causes its own errors. */
  get open(): boolean {
    return this.prepared;
  }

  /** Seconds for which the store has not answered, as probes saw it; null while it answers. */
  get storeAwaySeconds(): number | null {
    return this.awaySince === null ? null : Math.round((performance.now() - this.awaySince) / 1_000);
  }

  check(): Promise<ServerReadiness> {
    if (this.draining) return Promise.resolve({ ready: false, reason: "draining" });
    if (!this.prepared) return Promise.resolve({ ready: false, reason: "the store is not prepared yet" });
    this.pending ??= this.ping()
      .then((state) => this.withKeys(state))
      .finally(() => (this.pending = null));
    return this.pending;
  }

  private withKeys(state: ServerReadiness): ServerReadiness {
    const staleKeysSeconds = this.staleKeysSeconds();
    return state.ready && staleKeysSeconds !== null ? { ...state, staleKeysSeconds } : state;
  }

  private async ping(): Promise<ServerReadiness> {
    try {
      await this.store.ping();
      this.awaySince = null;
      const served = this.served();
      if (served === "loading") return { ready: false, reason: "the graph is being loaded" };
      return served ? { ready: true, served } : { ready: true };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.awaySince ??= performance.now();
      const served = this.served();
      if (this.isStrict || served === null || served === "loading" || !passing.has(error.code))
        return { ready: false, reason: error.code };
      return { ready: true, served, storeAwaySeconds: this.storeAwaySeconds ?? 0 };
    }
  }
}

/** Codes of store failures that leave the graph in memory valid. */
const passing: ReadonlySet<string> = new Set(["STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"]);
