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
  silence: 2_850,
  revision: 2_850,
  read: 2_000,
  write: 10_000,
  retry: 2_000,
  queue: 3_000,
  connect: 1_000,
  acquire: 2_000,
});
