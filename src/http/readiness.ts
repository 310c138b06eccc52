import type { GraphStore } from "../domain/graph/port";
import { DomainError } from "../domain/errors";
import type { Revision } from "../domain/graph/node";

/** Which revision readers see, and how long ago it was known to be the newest. */
export interface ServedRevision {
  readonly revision: Revision;
  readonly lagMilliseconds: number;
}

export type Readiness =
  { readonly ready: true; readonly served?: ServedRevision } | { readonly ready: false; readonly reason: string };

/**
 * Tells whether all requests can be served: the store was prepared once, it answers now, the graph is in memory, and the
 * server is not draining. Probes that come together share one ping.
 */
export class ReadinessProbe {
  private prepared = false;
  private draining = false;
  private pending: Promise<Readiness> | null = null;

  constructor(
    private readonly store: GraphStore,
    /** Null where the store is asked each time. While the graph is loading, the store answers what can do without. */
    private readonly served: () => ServedRevision | "loading" | null = () => null,
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

  check(): Promise<Readiness> {
    if (this.draining) return Promise.resolve({ ready: false, reason: "draining" });
    if (!this.prepared) return Promise.resolve({ ready: false, reason: "the store is not prepared yet" });
    this.pending ??= this.ping().finally(() => (this.pending = null));
    return this.pending;
  }

  private async ping(): Promise<Readiness> {
    try {
      await this.store.ping();
      const served = this.served();
      if (served === "loading") return { ready: false, reason: "the graph is being loaded" };
      return served ? { ready: true, served } : { ready: true };
    } catch (error) {
      if (error instanceof DomainError) return { ready: false, reason: error.code };
      throw error;
    }
  }
}
