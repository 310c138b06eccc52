import type { GraphStore } from "../domain/graph/port";
import { DomainError } from "../domain/errors";
import type { Revision } from "../domain/graph/node";

/** What readers see from memory. */
export interface ServedGraph {
  readonly revision: Revision;
  /** How long ago it was known to be the newest. */
  readonly lagMilliseconds: number;
  /** Whether all long texts are in memory, or those that were read last. */
  readonly texts: "all" | "cached";
}

export type ServerReadiness =
  | {
      readonly ready: true;
      readonly served?: ServedGraph;
      /** Where the store does not answer and reads go on from memory: for how many seconds it has not, as probes saw it. */
      readonly storeAwaySeconds?: number;
      /** Where signing keys cannot be read and those that were read last are used: for how many seconds. */
      readonly staleKeysSeconds?: number;
    }
  | { readonly ready: false; readonly reason: string };

/**
 * Tells whether requests can be served: the store was prepared once, the graph is in memory, and the server is not draining.
 * Reads that come from memory go on while the store is away. Probes that come together share one ping.
 */
export class ReadinessProbe {
  private prepared = false;
  private draining = false;
  private awaySince: number | null = null;
  private pending: Promise<ServerReadiness> | null = null;

  constructor(
    private readonly store: GraphStore,
    /** Null where the store is asked each time. While the graph is loading, the store answers what can do without. */
    private readonly served: () => ServedGraph | "loading" | null = () => null,
    /** Not ready while the store is away, though reads are answered from memory. */
    private readonly isStrict = false,
    /** For how many seconds signing keys have not been readable; null while they are. */
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

  /** Whether requests are let through; an unreachable store then answers for itself. */
  get open(): boolean {
    return this.prepared;
  }

  /** For how long the store has not answered, as probes saw it; null while it does. */
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

/** Failures that say nothing against the graph in memory. */
const passing: ReadonlySet<string> = new Set(["STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"]);
