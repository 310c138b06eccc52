import { findableBy } from "../../domain/changes/history";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import { commitOf } from "./commit-log";
import { rewritingStatements } from "./cypher/changes";
import { commitsStatement, makeFindableStatement } from "./cypher/log";
import { headStatement } from "./cypher/look-ups";
import { schemaRules } from "./cypher/schema";
import type { Row } from "./cypher/statement";
import {
  awaitIndexesStatement,
  createHeadStatement,
  indexesStatement,
  setFormatStatement,
  setLayoutStatement,
} from "./cypher/upkeep";
import type { Reads } from "./driver/reads";
import type { Writes } from "./driver/writes";
import { layout } from "./layout";
import { scan } from "./scan";

/**
 * How the graph is laid out in Neo4j, apart from what follows from the ontology. A change of it needs a new number, unless
 * programs that do not know of it do no harm. 2: commits are findable by what they changed.
 */
const format = 2;
const commitsAtOnce = 5;

/** See `GraphStore.migrate`. Two reads where nothing is left to do, as at most starts. */
export async function migrate(reads: Reads, writes: Writes): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head);
  if (isCurrent(head) && missingIn(indexes, "ONLINE").length === 0) return;

  for (const { text } of missingIn(indexes)) await writes.alone({ text, parameters: {} });
  await writes.alone(awaitIndexesStatement);
  await writes.alone(createHeadStatement(format, layout));
  const found = await headOf(reads);
  if (found?.format !== format) {
    await makeCommitsFindable(reads, writes);
    await writes.alone(setFormatStatement(format));
  }
  if (found?.layout !== layout) {
    await rewriteAll(reads, writes);
    await writes.alone(setLayoutStatement(layout));
  }
}

const isCurrent = (head: Head | null): boolean => head?.layout === layout && head.format === format;

/** Can be broken off and done again. */
async function makeCommitsFindable(reads: Reads, writes: Writes): Promise<void> {
  for (let after = 0, more = true; more;) {
    const commits = (await reads.rows(commitsStatement({ after, first: commitsAtOnce }))).map(commitOf);
    for (const { revision, changes } of commits)
      await writes.alone(makeFindableStatement(revision, [...findableBy(changes)]));
    more = commits.length === commitsAtOnce;
    if (more) after = commits.at(-1)!.revision;
  }
}

/** The constraints and indexes that are not there, or not in this state. */
function missingIn(indexes: readonly Row[], wanted?: "ONLINE") {
  const present = new Set(indexes.flatMap(([name, state]) => (!wanted || state === wanted ? [name] : [])));
  return schemaRules.filter(({ name }) => !present.has(name));
}

/** Gives all nodes and edges the bookkeeping that they would be written with now. */
async function rewriteAll(reads: Reads, writes: Writes): Promise<void> {
  for await (const page of scan(reads, writes))
    for (const statement of rewritingStatements(page)) await writes.alone(statement);
}

/** Throws STORE_MISMATCH unless the database is set up for this program: constraints, indexes and head. */
export async function assertMigrated(reads: Reads): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head);
  const missing = missingIn(indexes, "ONLINE").map(({ name }) => name);
  if (missing.length > 0)
    throw mismatch(`it lacks ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " and more" : ""}`);
  if (!head) throw mismatch("it holds no bank");
  if (head.format !== format) throw mismatch(`it has format ${head.format}, older than the format ${format}`);
  if (head.layout !== layout) throw mismatch("its nodes are laid out for another ontology");
}

const mismatch = (because: string): DomainError =>
  new DomainError(
    "STORE_MISMATCH",
    `The Neo4j database is not set up for this program (${because}); migrate it first.`,
  );

interface Head {
  readonly format: number;
  readonly revision: Revision;
  readonly layout: string;
}

async function headOf(reads: Reads): Promise<Head | null> {
  const [row] = await reads.rows(headStatement);
  return row ? headIn(row) : null;
}

function headIn([formatOfHead, rest]: Row): Head {
  const [revision, rules] = rest as [Revision, string];
  return { format: formatOfHead as number, revision, layout: rules };
}

function assertNotNewer(head: Head | null): void {
  if (!head || head.format <= format) return;
  throw new DomainError(
    "STORE_MISMATCH",
    `The Neo4j database has format ${head.format}, newer than the format ${format} of this program.`,
  );
}
