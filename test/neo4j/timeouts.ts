import type { Timeouts } from "../../src/store/neo4j/driver/connections";

const minute = 60_000;

/** For tests that are not about waiting: a Java process that has just started, on a busy machine, may take its time. */
export const patientTimeouts: Timeouts = {
  silence: minute,
  // The one server of the tests shows what it has committed at once.
  revision: 500,
  read: minute,
  write: minute,
  retry: minute,
  queue: minute,
  connect: minute,
  acquire: minute,
};

/** For tests that take the server away: long enough for one that is there, and no longer. */
export const outageTimeouts: Partial<Timeouts> = { silence: 1_000, retry: 500 };
