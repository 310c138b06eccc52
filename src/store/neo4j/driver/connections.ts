import neo4j, { type Driver, type Session } from "neo4j-driver";

export interface Neo4jAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Default: the user's home database. */
  readonly database?: string;
  /** Overrides of `defaultTimeouts`. */
  readonly timeouts?: Partial<Timeouts>;
}

/** The age below which a pool is not replaced: nobody has waited in vain for its connections yet. */
const freshMilliseconds = 1_000;

/** A pool of at most `max` connections to one server, with the timeouts for their use. */
export class Connections {
  readonly timeouts: Timeouts;
  private driver: Driver;
  private openedAt = -Infinity;
  private lastAnswer = -Infinity;

  constructor(
    private readonly address: Neo4jAddress,
    private readonly max: number,
  ) {
    this.timeouts = { ...defaultTimeouts, ...address.timeouts };
    this.driver = this.open();
  }

  session(mode: "READ" | "WRITE", bookmarks: readonly string[]): Session {
    const { database } = this.address;
    return this.driver.session({ defaultAccessMode: mode, bookmarks: [...bookmarks], ...(database && { database }) });
  }

  answered(): void {
    this.lastAnswer = performance.now();
  }

  /**
   * Replaces the pool after a caller has waited in vain for an answer or a connection. Does nothing if the server has
   * answered somebody within `timeouts.silence` or the pool is new. Connections to a silent server never come free and
   * would fill the pool even after the server's return.
   */
  unanswered(): void {
    const now = performance.now();
    if (now - this.lastAnswer < this.timeouts.silence || now - this.openedAt < freshMilliseconds) return;
    void closed(this.driver);
    this.driver = this.open();
  }

  async close(): Promise<void> {
    await closed(this.driver);
  }

  private open(): Driver {
    this.openedAt = performance.now();
    const { uri, user, password } = this.address;
    return neo4j.driver(uri, user === "" ? undefined : neo4j.auth.basic(user, password), {
      maxConnectionPoolSize: this.max,
      connectionTimeout: this.timeouts.connect,
      connectionAcquisitionTimeout: this.timeouts.acquire,
      connectionLivenessCheckTimeout: 30_000,
      // Fetches each result in one piece, since results are pages.
      fetchSize: -1,
      // No program writes integers beyond 2^53, so integers can arrive as numbers.
      disableLosslessIntegers: true,
      disableAutoCommitRetries: true,
      notificationFilter: { minimumSeverityLevel: "OFF" },
      telemetryDisabled: true,
      userAgent: "fulcrum",
    });
  }
}

/** Closes the driver, but waits for at most a second: a hanging connection also hangs when it is closed. */
async function closed(driver: Driver): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longEnough = new Promise<void>((resolve) => (timer = setTimeout(resolve, 1_000)));
  await Promise.race([driver.close().catch(() => undefined), longEnough]);
  clearTimeout(timer);
}

/** Limits on how long the store waits for Neo4j, in milliseconds. */
export interface Timeouts {
  /** The silence after which a server that owes an answer counts as unreachable. */
  readonly silence: number;
  /** The maximum time that a read waits for the server to show the revision that the read must see. */
  readonly revision: number;
  /** The maximum time for one read. The server then ends the read. */
  readonly read: number;
  /** The maximum time for one commit, from its lock to its end. */
  readonly write: number;
  /** The time for retries of a transaction whose connection broke or that lost a race, from its first failure on. */
  readonly retry: number;
  /** The maximum time that a commit waits for earlier commits of the same process. */
  readonly queue: number;
  /** The maximum time for opening a connection. */
  readonly connect: number;
  /** The maximum time that a caller waits for a free connection. */
  readonly acquire: number;
}

/** Defaults with which a caller is refused within three seconds while Neo4j cannot be reached. */
export const defaultTimeouts: Timeouts = Object.freeze({
  silence: 2850,
  revision: 2850,
  read: 2000,
  write: 10000,
  retry: 2000,
  queue: 3000,
  connect: 1000,
  acquire: 2000,
});
