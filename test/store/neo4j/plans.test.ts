import neo4j, { type Driver, type Plan } from "neo4j-driver";
import { byId, byPosition, indexedFields, type Order, type Position } from "../../../src/domain/graph/order";
import type { WhereClause, Where } from "../../../src/domain/graph/where";
import type { NodeId } from "../../../src/domain/ids";
import { edgeKindNames } from "../../../src/domain/ontology/edge-kinds";
import type { Field } from "../../../src/domain/ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../../../src/domain/ontology/node-kinds";
import {
  type EdgeRelation,
  isEdgeRelation,
  type Relation,
  relations,
  relationsOf,
} from "../../../src/domain/ontology/relations";
import { prefetchOf } from "../../../src/store/neo4j/cypher/prefetch";
import { tombstoneCountStatement } from "../../../src/store/neo4j/cypher/changes";
import { countsStatement, countStatement } from "../../../src/store/neo4j/cypher/facets";
import { derivedNeighboursStatement } from "../../../src/store/neo4j/cypher/derived-neighbours";
import {
  draftsStatement,
  draftStatement,
  forgetRepeatKeysStatement,
  lockDraftStatement,
  publishDraftStatement,
  repeatKeyStatement,
  saveDraftStatement,
} from "../../../src/store/neo4j/cypher/drafts";
import { facetsStatement } from "../../../src/store/neo4j/cypher/facets";
import { lastChangesStatements } from "../../../src/store/neo4j/cypher/log";
import { listStatement } from "../../../src/store/neo4j/cypher/list";
import {
  addKeyStatement,
  keyStatement,
  revokeKeyStatement,
  useApiKeyStatement,
} from "../../../src/store/neo4j/cypher/keys";
import {
  changesSinceStatement,
  headsOnStatement,
  lastChainedStatement,
  lockHeadStatement,
  logStatement,
  makeFindableStatement,
  partsStatement,
  unchainedStatement,
  usedKeyStatement,
} from "../../../src/store/neo4j/cypher/log";
import {
  headStatement,
  idsBySlugStatement,
  nodesStatement,
  textsStatement,
} from "../../../src/store/neo4j/cypher/look-ups";
import { neighboursStatement } from "../../../src/store/neo4j/cypher/neighbours";
import { isHub } from "../../../src/store/neo4j/cypher/pattern";
import { type PerNode, together } from "../../../src/store/neo4j/cypher/per-node";
import {
  adjacentStatement,
  currentSlugsStatement,
  edgeStatesStatement,
  nodesThereStatement,
  nodeStatesStatement,
  slugOwnersStatement,
} from "../../../src/store/neo4j/cypher/state";
import type { Statement } from "../../../src/store/neo4j/cypher/statement";
import { encoded } from "../../../src/store/neo4j/driver/parameters";
import { anApiKey } from "../../builders/api-keys";
import { aDraft } from "../../builders/drafts";
import { secondsSince, tell } from "../../long/figures";
import { isLong } from "../../long/scale";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";
import { dumpLookUps, dumpPages, restoreStatements, wholeReads } from "./backup-statements";
import { loadBank } from "./loaded-bank";

const allRelations = Object.values(relations);
const ids = ["Question:q1", "Question:more-7"] as NodeId[];
const ways = ["ASC", "DESC"] as const;
const bothWays = (by: string): Order[] => ways.map((direction) => ({ by, direction }));

/** Every order of nodes of a kind, and of the links of a relation. */
const ordersOf = (kinds: readonly NodeKind[], relation?: Relation): Order[] =>
  [
    "id",
    ...(relation && isEdgeRelation(relation) && relation.ordered ? ["position"] : []),
    ...(kinds.length === 1 ? indexedFields(kinds[0]!) : []),
  ].flatMap(bothWays);

/** Places at which a page can start: at the start, after a value, and after an absent one. */
function placesIn({ by }: Order, [kind]: readonly NodeKind[]): (Position | undefined)[] {
  if (by === "id") return [undefined, { value: null, id: `${kind}:m` }];
  if (by === "position") return [undefined, { value: 1, id: `${kind}:m` }];
  const { type, optional } = (nodeKinds[kind!].fields as Readonly<Record<string, Field>>)[by]!;
  const value = type.is === "string" || type.is === "date" ? "m" : 1;
  return [undefined, { value, id: `${kind}:m` }, ...(optional ? [{ value: null, id: `${kind}:m` }] : [])];
}

/** One clause for each field and each relation that nodes of the kind can be filtered by. */
function clausesOf(kind: NodeKind): WhereClause[] {
  const fields = indexedFields(kind).map((field): WhereClause => ({ field, in: ["HARD", "m"] }));
  const linked = relationsOf(kind)
    .filter(isEdgeRelation)
    .flatMap(({ name, targets }): WhereClause[] => {
      const some = [`${targets[0]}:c1`, `${targets[0]}:c2`] as NodeId[];
      return [
        { relation: name, in: some },
        { relation: name, all: some },
      ];
    });
  return [...fields, ...linked];
}

/** The clauses in each part of a filter in turn. */
const filterOf = (clauses: readonly WhereClause[], turn: number): Where =>
  turn % 3 === 0 ? { and: clauses } : turn % 3 === 1 ? { any: [clauses, clauses] } : { not: clauses };

/** A long run tries all of these; an ordinary one every sixteenth, since Neo4j takes a tenth of a second to plan each. */
const everySixteenth = <T>(items: readonly T[], turn = 0): readonly T[] =>
  isLong ? items : items.filter((_, index) => (index + turn) % 16 === 0);

/** A long run tries all of these, an ordinary one the next with each turn. */
const oneByTurns = <T>(items: readonly T[], turn: number): readonly T[] =>
  isLong ? items : items.slice(turn % items.length, (turn % items.length) + 1);

const pairsOf = <T>(items: readonly T[]): readonly T[][] =>
  everySixteenth(items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b])));

const neighboursOf = (relation: Relation, order: Order, where?: Where, after?: Position): Statement => {
  const query = { relation: relation.name, of: ids, first: 5, ...(where && { where }), ...(after && { after }) };
  return isEdgeRelation(relation)
    ? neighboursStatement(relation, order, query)
    : derivedNeighboursStatement(relation, order, query);
};

const allNeighboursOf = (relation: EdgeRelation): PerNode =>
  neighboursStatement(relation, byId, { relation: relation.name, of: ids, first: 1_000 });

const isScan = (operator: string): boolean => operator.endsWith("Scan");
const isSort = (operator: string): boolean => /Sort|Top/.test(operator);

describeNeo4j("plans on a loaded graph", (neo4jForTests) => {
  let driver: Driver;
  let planned = 0;
  const started = performance.now();
  let scanningInEmpty: readonly string[];
  beforeAll(async () => {
    const store = await neo4jForTests.emptyStore();
    driver = neo4j.driver(neo4jForTests.address.uri);
    scanningInEmpty = await offending(restoreStatements, isScan);
    await loadBank(store);
  });
  afterAll(() => driver.close());
  afterAll(() => tell("Plans of Neo4j", "Neo4j", { statements: planned, seconds: secondsSince(started) }));

  async function operatorsOf({ text, parameters }: Statement): Promise<string[]> {
    const session = driver.session();
    try {
      const { summary } = await session.run(`EXPLAIN ${text}`, encoded(parameters));
      const names = (plan: Plan): string[] => [plan.operatorType.split("@")[0]!, ...plan.children.flatMap(names)];
      return names(summary.plan as Plan);
    } finally {
      await session.close();
    }
  }

  /** The statements whose plans have an operator of the kind, each with those operators. */
  async function offending(
    statements: readonly Statement[],
    isAmiss: (operator: string) => boolean,
  ): Promise<string[]> {
    const found: string[] = [];
    planned += statements.length;
    const waiting = [...new Map(statements.map((statement) => [statement.text, statement])).values()];
    const worker = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const amiss = (await operatorsOf(next)).filter(isAmiss);
        if (amiss.length > 0) found.push(`${amiss.join(", ")}: ${next.text}`);
      }
    };
    await Promise.all([worker(), worker()]);
    return found;
  }

  it("look-ups seek", async () => {
    const statements = [
      nodesStatement(ids),
      nodesStatement([...ids, "Concept:c1" as NodeId]),
      ...nodeKindNames.map((kind) => nodesStatement([`${kind}:a` as NodeId])),
      textsStatement(ids),
      ...nodeKindNames.flatMap((kind) => [
        idsBySlugStatement(kind, ["a", "a/b"]),
        slugOwnersStatement(kind, ["a"]),
        currentSlugsStatement(kind, 10),
      ]),
      headStatement,
      nodeStatesStatement(ids),
      nodesThereStatement(ids),
      edgeStatesStatement([{ edge: "ABOUT", from: ids[0]!, to: ids[1]! }]),
      ...edgeKindNames.flatMap((edge) => [
        adjacentStatement({ edge, end: "from", of: ids, limit: 5 }),
        adjacentStatement({ edge, end: "to", of: ids, limit: 5 }),
      ]),
      ...lastChangesStatements(["Question:q1", "ABOUT Question:q1 Concept:c1"]),
      lockHeadStatement,
      tombstoneCountStatement,
      usedKeyStatement({ actor: { kind: "person", name: "ada" }, idempotencyKey: "k" }),
      ...[{}, { actor: "ada" }, { about: "Concept" as const }, { actor: "ada", about: "ABOUT" as const }].flatMap(
        (filter) => [logStatement({ after: 1, first: 10, ...filter }), logStatement({ last: 10, ...filter })],
      ),
      partsStatement({ revision: 1, of: "changes", first: 4 }),
      partsStatement({ revision: 1, of: "nodes", from: 9, first: 4 }),
      changesSinceStatement(1),
      lastChainedStatement,
      unchainedStatement(1),
      headsOnStatement(ids[0]!, { first: 5 }),
      makeFindableStatement(1, ids),
      keyStatement("a"),
      addKeyStatement(anApiKey({ id: "a" }), "attempt"),
      revokeKeyStatement("a", "2026-03-01T12:00:00.000Z"),
      useApiKeyStatement("a", "2026-03-01T12:00:00.000Z"),
      draftStatement("d"),
      draftsStatement({ first: 5 }, ["OPEN"]),
      draftsStatement({ first: 5, author: "key:ada", after: { createdAt: "2026", id: "d" } }, ["OPEN", "APPROVED"]),
      lockDraftStatement("d"),
      saveDraftStatement(aDraft({ id: "d" }), ["{}"], "attempt"),
      publishDraftStatement({ draft: "d", version: 1 }, 1, new Date(0)),
      repeatKeyStatement({ principal: "key:ada", key: "k", inputHash: "h" }),
      forgetRepeatKeysStatement(new Date(0)),
    ];
    expect(await offending(statements, isScan)).toEqual([]);
  });

  it("neighbours over every relation, in every order, from every place, seek", async () => {
    const statements = allRelations.flatMap((relation, turn) => [
      ...(isEdgeRelation(relation) ? [allNeighboursOf(relation)] : []),
      ...oneByTurns(ordersOf(relation.targets, relation), turn).flatMap((order) =>
        placesIn(order, relation.targets).map((after) => neighboursOf(relation, order, undefined, after)),
      ),
    ]);
    expect(await offending(statements, isScan)).toEqual([]);
  });

  it("statements that are asked together seek", async () => {
    const others = ["Question:q2"] as NodeId[];
    const statements = nodeKindNames.flatMap((kind) =>
      pairsOf(relationsOf(kind).filter(isEdgeRelation)).map(([a, b]) =>
        together([allNeighboursOf(a!), allNeighboursOf(b!), nodesStatement(others), textsStatement(others)]),
      ),
    );
    expect(await offending(statements, isScan)).toEqual([]);
  });

  it("lists that are prefetched seek", async () => {
    const statements = nodeKindNames.flatMap((kind) =>
      relationsOf(kind).map(({ name, targets }) => {
        const further = targets.flatMap(relationsOf).map((relation) => relation.name);
        const habits = { usual: (place: string) => (place === "here" ? [name] : further) };
        return nodesStatement([`${kind}:a` as NodeId], prefetchOf(["here"], habits));
      }),
    );
    expect(await offending(statements, isScan)).toEqual([]);
  });

  it("pages of links that grow with the bank are read in the order of an index, by id and by position", async () => {
    const hubs = allRelations.filter(
      (relation): relation is EdgeRelation => isEdgeRelation(relation) && isHub(relation),
    );
    const statements = hubs.flatMap((relation) =>
      [byId, ...(relation.ordered ? [byPosition] : [])].flatMap(({ by }) =>
        bothWays(by).flatMap((order) =>
          placesIn(order, relation.targets).map((after) => neighboursOf(relation, order, undefined, after)),
        ),
      ),
    );
    expect(hubs.length).toBeGreaterThan(20);
    expect(await offending(statements, (operator) => isScan(operator) || isSort(operator))).toEqual([]);
  });

  it("lists of every kind, in every order, from every place, both ways, are read in the order of an index", async () => {
    const statements = nodeKindNames.flatMap((kind) =>
      ordersOf([kind]).flatMap((order) =>
        placesIn(order, [kind]).flatMap((place) => [
          listStatement({ kind, order, first: 5, ...(place && { after: place }) }),
          listStatement({ kind, order, last: 5, ...(place && { before: place }) }),
        ]),
      ),
    );
    expect(await offending(statements, (operator) => isScan(operator) || isSort(operator))).toEqual([]);
  }, 600_000);

  it("lists stay in the order of an index under each clause alone, in every order", async () => {
    const statements = nodeKindNames.flatMap((kind) =>
      clausesOf(kind).flatMap((clause, turn) =>
        oneByTurns(ordersOf([kind]), turn).map((order) =>
          listStatement({ kind, order, first: 5, where: filterOf([clause], turn) }),
        ),
      ),
    );
    expect(await offending(statements, (operator) => isScan(operator) || isSort(operator))).toEqual([]);
  }, 600_000);

  it("lists stay in the order of an index under each pair of clauses", async () => {
    const statements = nodeKindNames.flatMap((kind) => {
      const orders = ordersOf([kind]);
      return pairsOf(clausesOf(kind)).map((pair, turn) =>
        listStatement({ kind, order: orders[turn % orders.length]!, first: 5, where: filterOf(pair, turn) }),
      );
    });
    expect(await offending(statements, (operator) => isScan(operator) || isSort(operator))).toEqual([]);
  }, 900_000);

  it("neighbours and their counts seek under each clause alone", async () => {
    const filtered = allRelations.filter(({ targets }) => targets.length === 1);
    const statements = filtered.flatMap((relation, at) => {
      const orders = ordersOf(relation.targets, relation);
      return everySixteenth(clausesOf(relation.targets[0]), at).flatMap((clause, turn) => {
        const where = filterOf([clause], at + turn);
        return [
          neighboursOf(relation, orders[(at + turn) % orders.length]!, where),
          countsStatement(relation, { of: ids, where }),
        ];
      });
    });
    expect(await offending(statements, isScan)).toEqual([]);
  }, 900_000);

  it("counts over every relation seek", async () => {
    const statements = allRelations.map((relation) => countsStatement(relation, { of: ids }));
    expect(await offending(statements, isScan)).toEqual([]);
  });

  it("a backup reads its pages in the order of an index, and seeks what else it reads", async () => {
    expect(await offending(dumpPages, (operator) => isScan(operator) || isSort(operator))).toEqual([]);
    expect(await offending(dumpLookUps, isScan)).toEqual([]);
  });

  it("a restore seeks, also where it is planned while the database holds nothing", async () => {
    expect(scanningInEmpty).toEqual([]);
    expect(await offending(restoreStatements, isScan)).toEqual([]);
  });

  it("a backup and a restore go through what has a label where they want all of it alone", async () => {
    expect(await offending(wholeReads, isScan)).toHaveLength(wholeReads.length);
  });

  it("only facets, filtered counts and the bulk read go through all nodes of a kind", async () => {
    expect(await operatorsOf(countStatement({ kind: "Question" }))).toContain("NodeCountFromCountStore");
    const where: Where = { and: [{ field: "difficulty", in: ["HARD"] }] };
    expect((await operatorsOf(countStatement({ kind: "Question", where }))).some(isScan)).toBe(true);
    const facets = ["difficulty", "Question.concepts"].map((by) => facetsStatement({ kind: "Question", where, by }));
    for (const statement of facets) expect((await operatorsOf(statement)).some(isScan)).toBe(true);
  });
});
