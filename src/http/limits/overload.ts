import { RequestError } from "../body";

export interface OverloadOptions {
  /**
   * The time that a request may wait for the event loop, in milliseconds, once the loop is behind for longer than
   * `interval`. Null refuses nothing.
   */
  readonly maxDelay: number | null;
  readonly maxInFlight?: number;
  readonly now?: () => number;
  /** Calls back when the loop has taken up all requests that were waiting for it. */
  readonly afterTurn?: (ended: () => void) => void;
}

/**
 * The refusals, made once, since under overload there is no time to make more. They differ in `retry-after`, so that
 * not all refused clients return at the same moment.
 */
const refusals = [1, 2, 3].map(
  (retryAfter) =>
    new RequestError(503, "SERVICE_UNAVAILABLE", "The server is asked for more than it can do; try again later.", {
      retryAfter,
    }),
);

/** The time for which the loop may be behind before waiting is limited further, in milliseconds. */
const interval = 100;
/**
 * The factor by which requests may wait longer while the loop is not behind. A burst is served; a standing queue is
 * not.
 */
const burst = 10;
/** A turn that begins later than this after the last one ended, in milliseconds, found the loop idle. */
const idle = 1;

/**
 * Refuses requests when the server is asked for more than it can do. Node takes up all requests that have come in one
 * turn of its event loop, one after another. The time since the turn began is therefore the least that the next request
 * has waited. Once no turn was short for a while, requests that come late in a turn are refused. Accepted requests then
 * wait little, and the loop never becomes idle because of a refusal. Limiting a standing queue rather than a burst is
 * CoDel's idea (https://www.rfc-editor.org/rfc/rfc8289).
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

  get isBehind(): boolean {
    return this.turnStart !== null && this.now() - this.calm > interval;
  }

  get inFlight(): number {
    return this.working;
  }

  get refused(): number {
    return this.refusedCount;
  }

  /** Throws SERVICE_UNAVAILABLE if a request, socket or subscription cannot be served now. */
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

  /** Runs the work of an admitted request, and counts it as in flight meanwhile. */
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
