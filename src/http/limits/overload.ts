import { RequestError } from "../body";

export interface OverloadOptions {
  /** How long a request may wait for the event loop, in milliseconds, where it is behind for longer than `interval`; null: nothing is refused. */
  readonly maxDelay: number | null;
  readonly maxInFlight?: number;
  readonly now?: () => number;
  /** Calls back when the loop has taken up all that was waiting for it. */
  readonly afterTurn?: (ended: () => void) => void;
}

/** The refusals, made once: they are thrown when there is no time to make more. Not all of the refused are to come back at once. */
const refusals = [1, 2, 3].map(
  (retryAfter) =>
    new RequestError(503, "SERVICE_UNAVAILABLE", "The server is asked for more than it can do; try again later.", {
      retryAfter,
    }),
);

/** How long the loop may be behind before less waiting is allowed, in milliseconds. */
const interval = 100;
/** How much longer requests may wait while the loop is not behind: a burst is served, a queue that stands is not. */
const burst = 10;
/** A turn that begins so many milliseconds after the last one ended was waited for. */
const idle = 1;

/**
 * Tells when the server is asked for more than it can do. Node takes up all requests that have come in one turn of its loop,
 * one after another, so the time since the turn began is what the next one has waited at least. Once no turn was short for
 * a while, what comes late in a turn is refused: so those that are taken wait little, and the loop is never idle for it.
 * The idea of limiting a standing queue rather than a burst is CoDel's (https://www.rfc-editor.org/rfc/rfc8289).
 */
export class Overload {
  private readonly maxDelay: number;
  private readonly maxInFlight: number;
  private readonly now: () => number;
  private readonly afterTurn: (ended: () => void) => void;
  private turnStart: number | null = null;
  private turnEnd = -Infinity;
  private calm = -Infinity;
  private working = 0;
  private refusedCount = 0;

  constructor({
    maxDelay,
    maxInFlight = 100,
    now = () => performance.now(),
    afterTurn = setImmediate,
  }: OverloadOptions) {
    this.maxDelay = maxDelay ?? Infinity;
    this.maxInFlight = maxDelay === null ? Infinity : maxInFlight;
    this.now = now;
    this.afterTurn = afterTurn;
  }

  /** Whether the loop is behind now. */
  get isBehind(): boolean {
    return this.turnStart !== null && this.now() - this.calm > interval;
  }

  /** How many requests are being worked on. */
  get inFlight(): number {
    return this.working;
  }

  /** How many requests were refused so far. */
  get refused(): number {
    return this.refusedCount;
  }

  /** Throws SERVICE_UNAVAILABLE for a request, socket or subscription that is not to be served now. */
  admit(): void {
    const now = this.now();
    if (this.turnStart === null) {
      this.turnStart = now;
      if (now - this.turnEnd > idle) this.calm = now;
      this.afterTurn(this.endTurn);
    }
    const limit = now - this.calm > interval ? this.maxDelay : this.maxDelay * burst;
    if (now - this.turnStart <= limit && this.working < this.maxInFlight) return;
    throw refusals[this.refusedCount++ % refusals.length] as RequestError;
  }

  /** Does the work of a request that was let in. */
  async work<T>(work: () => Promise<T>): Promise<T> {
    this.working++;
    try {
      return await work();
    } finally {
      this.working--;
    }
  }

  private readonly endTurn = (): void => {
    const now = this.now();
    if (now - (this.turnStart as number) < this.maxDelay) this.calm = now;
    this.turnStart = null;
    this.turnEnd = now;
  };
}
