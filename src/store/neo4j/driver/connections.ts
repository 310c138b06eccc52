import neo4j, { type Driver, type Session } from "neo4j-driver";

export interface Neo4jAddress {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Default: the user's home database. */
  readonly database?: string;
  /** What differs from the default ones. */
  readonly timeouts?: Partial<Timeouts>;
}

/** A pool as young as this holds no connections that others have waited for in vain. */
const freshMilliseconds = 1_000;

/** A pool of connections to one server. */
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
   * To be told when an answer was waited for in vain. Connections to a server that has fallen silent never come free, and
   * would go on filling the pool after its return; so unless it answers others, they are left behind with their pool.
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
      // Everything at once: answers are pages.
      fetchSize: -1,
      // Integers beyond 2^53 are written by nobody; ours arrive as numbers.
      disableLosslessIntegers: true,
      disableAutoCommitRetries: true,
      notificationFilter: { minimumSeverityLevel: "OFF" },
      telemetryDisabled: true,
      userAgent: "fulcrum",
    });
  }
}

/** A connection that hangs takes as long to close; nobody waits for it. */
async function closed(driver: Driver): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const longEnough = new Promise<void>((resolve) => (timer = setTimeout(resolve, 1_000)));
  await Promise.race([driver.close().catch(() => undefined), longEnough]);
  clearTimeout(timer);
}

/** How long the store waits for Neo4j, in milliseconds each. */
export interface Timeouts {
  /** A server that owes an answer and has said nothing for so long counts as one that cannot be reached. */
  readonly silence: number;
  /** How long a read waits for the server to show the revision that it must see. */
  readonly revision: number;
  /** How long one read may take; the server ends it then. */
  readonly read: number;
  /** How long one commit may take, from its lock to its end. */
  readonly write: number;
  /** How long a transaction whose connection broke, or that lost a race, is tried again. */
  readonly retry: number;
  /** How long a commit waits for those of the same process that came before it. */
  readonly queue: number;
  /** How long a new connection may take. */
  readonly connect: number;
  /** How long one waits for a connection to come free. */
  readonly acquire: number;
}

/** A caller is refused within three seconds while Neo4j is away. */
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
