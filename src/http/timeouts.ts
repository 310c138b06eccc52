/**
 * Limits on the time that a peer may hold a connection without doing its part, in milliseconds. Tests set shorter ones.
 */
export interface HttpTimeouts {
  /** From a connection's start, or a request's first byte, until its headers are complete. */
  readonly headers: number;
  /** Until the whole request has arrived. */
  readonly request: number;
  /** Between the answer to one request and the start of the next. */
  readonly keepAlive: number;
  /** The interval between two looks for incomplete requests. */
  readonly check: number;
  /** The time for which written bytes may wait while the reader takes none. */
  readonly stalled: number;
  /** The time in which a connection that was told to end must do so. */
  readonly linger: number;
  /** From a WebSocket's start until its `connection_init`. */
  readonly socketInit: number;
  /** Between two pings of a WebSocket. A ping without an answer by the next one ends the socket. */
  readonly heartbeat: number;
}

/**
 * The default limits. A peer that sends half a request, sends nothing, or takes no bytes is gone within 10 s: a wait, a
 * look, and the end.
 */
export const defaultHttpTimeouts: HttpTimeouts = Object.freeze({
  headers: 5_000,
  request: 8_000,
  keepAlive: 30_000,
  check: 1_000,
  stalled: 8_000,
  linger: 500,
  socketInit: 3_000,
  heartbeat: 15_000,
});

/** The bytes a second that a slow reader must take on average. */
export const minBytesPerSecond = 10_000;
