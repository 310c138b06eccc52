import { DomainError } from "../../domain/errors";
import type { Properties, Revision } from "../../domain/graph/node";
import { type NodeKind, nodeKindNames } from "../../domain/ontology/node-kinds";
import { headStatement } from "./cypher/look-ups";
import { schemaRules } from "./cypher/schema";
import type { Row } from "./cypher/statement";
import {
  awaitIndexesStatement,
  createHeadStatement,
  indexesStatement,
  orderSourcesStatement,
  renewOrderPropertiesStatement,
  setOrderRulesStatement,
} from "./cypher/upkeep";
import type { Reads } from "./driver/reads";
import type { Writes } from "./driver/writes";
import { orderKeys, orderProperties, orderRules } from "./order-keys";

/** How the graph is laid out in Neo4j, apart from what follows from the ontology. A change of it needs a new number. */
const format = 1;
const nodesAtOnce = 1_000;

/** See `GraphStore.migrate`. */
export async function migrate(reads: Reads, writes: Writes): Promise<void> {
  assertNotNewer(await headOf(reads));
  const present = new Set((await reads.rows(indexesStatement)).map(([name]) => name));
  for (const { name, text } of schemaRules) if (!present.has(name)) await writes.alone({ text, parameters: {} });
  await writes.alone(awaitIndexesStatement);
  await writes.alone(createHeadStatement(format, orderRules));

  if ((await headOf(reads))?.orderRules === orderRules) return;
  for (const kind of nodeKindNames) await renewOrderProperties(kind, reads, writes);
  await writes.alone(setOrderRulesStatement(orderRules));
}

/** Gives the nodes of a kind the order properties that they would be written with now. */
async function renewOrderProperties(kind: NodeKind, reads: Reads, writes: Writes): Promise<void> {
  const none = Object.fromEntries(
    orderKeys(kind).flatMap(({ property, compares, absent }) => [
      ...(compares === "numbers" ? [] : [[property, null]]),
      ...(absent ? [[absent, null]] : []),
    ]),
  ) as Properties;
  for (let after = `${kind}:`, more = Object.keys(none).length > 0; more;) {
    const rows: readonly Row[] = await reads.rows(orderSourcesStatement(kind, after, nodesAtOnce));
    const renewed = rows.map(([id, fields]) => ({
      id: id as string,
      properties: { ...none, ...orderProperties(kind, present(fields as Properties)) },
    }));
    await writes.alone(renewOrderPropertiesStatement(renewed));
    more = rows.length === nodesAtOnce;
    after = String(rows.at(-1)?.[0]);
  }
}

const present = (fields: Properties): Properties =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/** Throws STORE_MISMATCH unless the database is set up for this program: constraints, indexes and head. */
export async function assertMigrated(reads: Reads): Promise<void> {
  const [head, indexes] = await Promise.all([headOf(reads), reads.rows(indexesStatement)]);
  assertNotNewer(head);
  const online = new Set(indexes.flatMap(([name, state]) => (state === "ONLINE" ? [name] : [])));
  const missing = schemaRules.filter(({ name }) => !online.has(name)).map(({ name }) => name);
  if (missing.length > 0)
    throw mismatch(`it lacks ${missing.slice(0, 3).join(", ")}${missing.length > 3 ? " and more" : ""}`);
  if (!head) throw mismatch("it holds no bank");
  if (head.orderRules !== orderRules) throw mismatch("its nodes are kept for other orders");
}

const mismatch = (because: string): DomainError =>
  new DomainError(
    "STORE_MISMATCH",
    `The Neo4j database is not set up for this program (${because}); migrate it first.`,
  );

interface Head {
  readonly format: number;
  readonly revision: Revision;
  readonly orderRules: string;
}

async function headOf(reads: Reads): Promise<Head | null> {
  const [row] = await reads.rows(headStatement);
  return row ? headIn(row) : null;
}

function headIn([formatOfHead, rest]: Row): Head {
  const [revision, rules] = rest as [Revision, string];
  return { format: formatOfHead as number, revision, orderRules: rules };
}

function assertNotNewer(head: Head | null): void {
  if (!head || head.format <= format) return;
  throw new DomainError(
    "STORE_MISMATCH",
    `The Neo4j database has format ${head.format}, newer than the format ${format} of this program.`,
  );
}
