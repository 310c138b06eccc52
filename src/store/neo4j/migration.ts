import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import type { ScanItem } from "../../domain/graph/port";
import { rewritingStatements } from "./cypher/changes";
import { headStatement } from "./cypher/look-ups";
import { schemaRules } from "./cypher/schema";
import type { Row } from "./cypher/statement";
import { awaitIndexesStatement, createHeadStatement, indexesStatement, setLayoutStatement } from "./cypher/upkeep";
import type { Reads } from "./driver/reads";
import type { Writes } from "./driver/writes";
import { layout } from "./layout";
import { scan } from "./scan";

/** How the graph is laid out in Neo4j, apart from what follows from the ontology. A change of it needs a new number. */
const format = 1;
const itemsAtOnce = 1_000;

/** See `GraphStore.migrate`. Two reads where nothing is left to do, as at most starts. */
export async function migrate(reads: Reads, writes: Writes): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head);
  if (head?.layout === layout && missingIn(indexes, "ONLINE").length === 0) return;

  for (const { text } of missingIn(indexes)) await writes.alone({ text, parameters: {} });
  await writes.alone(awaitIndexesStatement);
  await writes.alone(createHeadStatement(format, layout));
  if ((await headOf(reads))?.layout === layout) return;
  await rewriteAll(reads, writes);
  await writes.alone(setLayoutStatement(layout));
}

/** The constraints and indexes that are not there, or not in this state. */
function missingIn(indexes: readonly Row[], wanted?: "ONLINE") {
  const present = new Set(indexes.flatMap(([name, state]) => (!wanted || state === wanted ? [name] : [])));
  return schemaRules.filter(({ name }) => !present.has(name));
}

/** Gives all nodes and edges the bookkeeping that they would be written with now. */
async function rewriteAll(reads: Reads, writes: Writes): Promise<void> {
  let items: ScanItem[] = [];
  const rewrite = async () => {
    for (const statement of rewritingStatements(items)) await writes.alone(statement);
    items = [];
  };
  for await (const item of scan(reads, writes)) {
    if (items.push(item) === itemsAtOnce) await rewrite();
  }
  await rewrite();
}

/** Throws STORE_MISMATCH unless the database is set up for this program: constraints, indexes and head. */
export async function assertMigrated(reads: Reads): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head);
  const missing = missingIn(indexes, "ONLINE").map(({ name }) => name);
  if (missing.length > 0)
    throw mismatch(`it lacks ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " and more" : ""}`);
  if (!head) throw mismatch("it holds no bank");
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
