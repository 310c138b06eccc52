import type { LogEntry } from "../../../src/domain/changes/log-entry";
import type { ScanItem } from "../../../src/domain/graph/port";
import type { NodeId } from "../../../src/domain/ids";
import { edgeKindNames } from "../../../src/domain/ontology/edge-kinds";
import { creatingStatements } from "../../../src/store/neo4j/cypher/changes";
import { draftsByIdStatement, lockDraftStatement, saveDraftStatement } from "../../../src/store/neo4j/cypher/drafts";
import {
  commitKeysSinceStatement,
  commitKeysStatement,
  draftVersionsStatement,
  partsBetweenStatement,
  saveKeysStatement,
  sizesStatement,
  slugPage,
  tombstonePage,
} from "../../../src/store/neo4j/cypher/dump";
import { keysStatement } from "../../../src/store/neo4j/cypher/keys";
import {
  beginStatement,
  contentsStatement,
  createApiKeysStatement,
  createCommitKeysStatement,
  createFindablesStatement,
  createSaveKeysStatement,
  createSlugsStatement,
  createTombstonesStatement,
  endBatchStatement,
  endRestoreStatement,
  lockRestoreStatement,
  othersLabels,
  removeSomeStatement,
} from "../../../src/store/neo4j/cypher/load";
import {
  appendEntryStatement,
  changesSinceStatement,
  lockHeadStatement,
  logStatement,
} from "../../../src/store/neo4j/cypher/log";
import { scanEdgesStatement, scanNodesStatement } from "../../../src/store/neo4j/cypher/scan";
import type { Statement } from "../../../src/store/neo4j/cypher/statement";
import { anApiKey } from "../../builders/api-keys";
import { aDraft } from "../../builders/drafts";

const from = "Question:more-7" as NodeId;
const to = "Concept:more-7" as NodeId;
const [then, now] = [new Date(0), new Date("2026-12-01T00:00:00.000Z")];
const at = now.toISOString();

const entry: LogEntry = {
  head: {
    revision: 9,
    at,
    actor: { kind: "person", name: "ada" },
    title: "A change",
    nodeCount: 1,
    nodeKinds: ["Concept"],
    itemCount: 1,
    changeCount: 1,
    bytes: 2,
    hash: "0",
    seal: { format: 1, salt: "0" },
  },
  changes: [{ part: 0, before: 0, rows: 1, text: "[]" }],
  nodes: [{ part: 0, before: 0, rows: 1, text: "[]" }],
  findableBy: new Set([from]),
};
const items: readonly ScanItem[] = [
  {
    node: { id: to, kind: "Concept", slug: "more-7", formerSlugs: [], fields: { title: "A" }, texts: {} },
    revision: 9,
  },
  { edge: { edge: "ABOUT", from, to, properties: {} }, revision: 9 },
];

/** What a dump reads piece by piece, in an order that an index has. */
export const dumpPages: readonly Statement[] = [
  ...[null, "Concept:m"].flatMap((after) => [slugPage(after, 10), tombstonePage(after, 10)]),
  ...[null, from].flatMap((after) => [scanNodesStatement(after, 10), scanNodesStatement(after, 10, true)]),
  ...edgeKindNames.map((edge) => scanEdgesStatement(edge, null, 10)),
  logStatement({ after: 1, before: 9, first: 10 }),
  partsBetweenStatement("changes", 1, 9),
  partsBetweenStatement("nodes", 1, 9),
  changesSinceStatement(1),
];

/** What it looks up, and the pages of edges that go on within one node. */
export const dumpLookUps: readonly Statement[] = [
  ...edgeKindNames.map((edge) => scanEdgesStatement(edge, { edge, from, to }, 10)),
  commitKeysStatement(then, now),
  commitKeysSinceStatement(1, then),
  saveKeysStatement(then, now),
  draftsByIdStatement(["d"]),
  lockHeadStatement,
  sizesStatement,
];

/** What a restore writes, which is planned while the database holds nothing yet. */
export const restoreStatements: readonly Statement[] = [
  beginStatement("restore"),
  lockRestoreStatement,
  endBatchStatement(1),
  endRestoreStatement({ revision: 9, hash: "0" }, 3, "layout"),
  ...creatingStatements(items),
  createSlugsStatement([{ kind: "Concept", slug: "more-7", owner: to, isCurrent: true }]),
  createTombstonesStatement([{ subject: "Concept:gone", revision: 9 }]),
  appendEntryStatement(entry, ["[]"]),
  createFindablesStatement([entry]),
  createCommitKeysStatement(
    [{ actor: entry.head.actor, key: "k", inputHash: "h", at, revision: 9, changes: 1 }],
    "attempt",
  ),
  createSaveKeysStatement([{ principal: "key:ada", key: "k", inputHash: "h", result: "1", at }], "attempt"),
  createApiKeysStatement([anApiKey({ id: "a" })], "attempt"),
  lockDraftStatement("d"),
  saveDraftStatement(aDraft({ id: "d" }), ["{}"], "attempt"),
];

/** What goes through all that has a label, since all of it is wanted, or some of it, no matter which. */
export const wholeReads: readonly Statement[] = [
  draftVersionsStatement,
  keysStatement,
  contentsStatement,
  ...othersLabels.map(removeSomeStatement),
];
