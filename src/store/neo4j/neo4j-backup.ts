import type { Contents, DumpPart, LiveDumpPart } from "../../domain/backup/dump";
import { CommitWindow } from "./driver/commit-window";
import { Connections, type Neo4jAddress, type Timeouts } from "./driver/connections";
import { Reads } from "./driver/reads";
import { Writes } from "./driver/writes";
import { dump, type DumpOptions } from "./dump";
import { contentsOf, load } from "./load";

/** Timeouts in milliseconds for work that may take longer, on a server that others keep busy. */
const patientTimeouts: Partial<Timeouts> = {
  silence: 60_000,
  read: 60_000,
  write: 120_000,
  retry: 10_000,
  connect: 5_000,
  acquire: 10_000,
};

/** Runs `dump` on connections of its own, which it closes at the end. */
export async function* dumpNeo4j(address: Neo4jAddress, options?: DumpOptions): AsyncIterable<LiveDumpPart> {
  const database = open(address);
  try {
    yield* dump(database.reads, database.writes, options);
  } finally {
    await database.close();
  }
}

export async function contentsOfNeo4j(address: Neo4jAddress): Promise<Contents> {
  const database = open(address);
  try {
    return await contentsOf((statement) => database.reads.rows(statement));
  } finally {
    await database.close();
  }
}

/** Runs `load` on connections of its own, which it closes at the end. */
export async function loadNeo4j(address: Neo4jAddress, parts: AsyncIterable<DumpPart>): Promise<void> {
  const database = open(address);
  try {
    await load(database.reads, database.writes, parts);
  } finally {
    await database.close();
  }
}

function open(address: Neo4jAddress) {
  const connections = new Connections({ ...address, timeouts: { ...patientTimeouts, ...address.timeouts } }, 4);
  const commits = new CommitWindow();
  const reads = new Reads(connections, commits);
  const writes = new Writes(connections, commits, (bookmarks) => (reads.bookmarks = bookmarks));
  return { reads, writes, close: () => connections.close() };
}
