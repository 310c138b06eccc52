/** How long a peer may keep a connection without doing its part, in milliseconds. Tests set shorter ones. */
export interface HttpTimeouts {
  /** From a connection's start, or a request's first byte, until its headers are complete. */
  readonly headers: number;
  /** Until the whole request has come. */
  readonly request: number;
  /** Between the answer to one request and the start of the next. */
  readonly keepAlive: number;
  /** How often incomplete requests are looked for. */
  readonly check: number;
  /** How long bytes that were written may wait without the reader taking any. */
  readonly stalled: number;
  /** How long a connection that was told to end may take to do so. */
  readonly linger: number;
  /** From a WebSocket's start until its `connection_init`. */
  readonly socketInit: number;
  /** Between two pings of a WebSocket; one that was not answered by the next ends it. */
  readonly heartbeat: number;
}

/** Whoever sends half a request, nothing, or takes no bytes is gone within 10 s: a wait, a look, and the end. */
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

/** A reader that takes some bytes now and then must take this many in a second on average. */
export const minBytesPerSecond = 10_000;
