import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { indexedFields, type Order } from "../../../src/domain/graph/order";
import type { Database } from "../../../src/domain/database";
import type { GraphReader, GraphStore, ListQuery } from "../../../src/domain/graph/port";
import type { Where } from "../../../src/domain/graph/where";
import type { NodeId } from "../../../src/domain/ids";
import { type NodeKind, nodeKindNames } from "../../../src/domain/ontology/node-kinds";
import { isEdgeRelation, type Relation, relations } from "../../../src/domain/ontology/relations";
import { SqliteConnection } from "../../../src/store/sqlite/connection";
import { migrations } from "../../../src/store/sqlite/migrations";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store";
import { commit, id } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aQuestion, aRole } from "../../builders/nodes";
import { richBank } from "../../contract/rich-bank";
import { fullScans, planOf, sorts, statementsOf } from "./statements";
import { wholeCommits } from "../../builders/whole-commits";

const directions = ["ASC", "DESC"] as const;
const allRelations: readonly Relation[] = Object.values(relations);
const place = (value: string | number | null) => ({ value, id: "Question:m" });

/** A bank with some of everything, and more questions for one role than are ever sorted. */
async function fill(store: GraphStore): Promise<void> {
  await commit(store, [richBank]);
  const slugs = Array.from({ length: 1_200 }, (_, index) => `many-${index}`);
  await commit(store, [aRole({ slug: "many" }), ...slugs.map((slug) => aQuestion({ slug }))]);
  await commit(
    store,
    slugs.map((slug) => aLink("ASKED_OF", `Question:${slug}`, "Role:many")),
  );
}

describe.each(["before statistics are gathered", "after the store has settled"])("%s", (time) => {
  let folder: string;
  let store: Database;
  let reader: GraphReader;
  let connection: SqliteConnection;
  const some = new Map<NodeKind, NodeId>();
  const ownerOf = (relation: Relation) => some.get(relation.owner) as NodeId;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "fulcrum-plans-"));
    store = await openSqliteStore({ path: join(folder, "bank.db") });
    await store.migrate();
    await fill(store);
    if (time.startsWith("after")) await store.settle();
    reader = store.reader();
    connection = new SqliteConnection(join(folder, "bank.db"));
    for (const kind of nodeKindNames) some.set(kind, (await reader.list({ kind, first: 1 })).nodes[0]!.id);
  });
  afterAll(async () => {
    connection.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** Writes the file's header anew, so that the store takes what it remembers for outdated. */
  const forgetAnswers = () => {
    connection.execute(`PRAGMA user_version = ${migrations.length}`);
    return nextTurn();
  };

  /** Each question with the steps, in the plans of its statements, that break the rule. */
  async function breaches(
    questions: readonly (readonly [name: string, ask: () => Promise<unknown>])[],
    rule: (plan: readonly string[]) => readonly string[],
  ): Promise<string[]> {
    const found: string[] = [];
    for (const [name, ask] of questions) {
      await forgetAnswers();
      const statements = await statementsOf(ask);
      if (statements.length === 0) found.push(`${name}: no statement`);
      for (const statement of statements) {
        for (const step of rule(planOf(connection, statement))) found.push(`${name}: ${step}`);
      }
    }
    return found;
  }

  it("look-ups search an index", async () => {
    const subjects = ["Question:q1", "Question:gone", "ABOUT Question:q1 Concept:c1"];
    const questions = [
      ["nodes", () => reader.nodes([id("Question:q1"), id("Question:gone")])],
      ["texts", () => reader.texts([id("Question:q1")])],
      ["idsBySlug", () => reader.idsBySlug("Question", ["q1", "q2"])],
      ["revision", () => store.reader({ after: 1 }).revision()],
      ["commits", () => wholeCommits(store, { after: 1, first: 2 })],
      ["commits of an actor", () => wholeCommits(store, { after: 1, first: 2, actor: "ada" })],
      ["commits of a kind", () => wholeCommits(store, { after: 1, first: 2, about: "Concept" })],
      [
        "commits of an actor and a kind",
        () => wholeCommits(store, { after: 1, first: 2, actor: "ada", about: "ABOUT" }),
      ],
      ["history", () => store.history("Question:q1", { before: 9, first: 2 })],
      ["draft", () => store.drafts.draft("d")],
      ["drafts", () => store.drafts.drafts({ first: 2, after: { createdAt: "2026", id: "d" } })],
      ["drafts of an author", () => store.drafts.drafts({ first: 2, author: "key:ada", statuses: ["OPEN"] })],
      ["resultOf", () => store.drafts.resultOf({ principal: "key:ada", key: "k", inputHash: "h" })],
      ["key", () => store.keys.key("a")],
      ["lastChanges", () => store.lastChanges(subjects)],
    ] as const;
    expect(await breaches(questions, fullScans)).toEqual([]);
  });

  it("the log is read in its order, without sorting", async () => {
    const questions = [
      ["commits", () => wholeCommits(store, { after: 1, first: 2 })],
      ["commits of an actor", () => wholeCommits(store, { after: 1, first: 2, actor: "ada" })],
      ["commits of a kind", () => wholeCommits(store, { after: 1, first: 2, about: "Concept" })],
      ["history", () => store.history("Question:q1", { before: 9, first: 2 })],
    ] as const;
    expect(await breaches(questions, sorts)).toEqual([]);
  });

  it("neighbours in the default order, either way, are read from an index without sorting", async () => {
    const questions = allRelations.filter(isEdgeRelation).flatMap((relation) =>
      directions.flatMap((direction) => {
        const order: Order = { by: relation.ordered ? "position" : "id", direction };
        const page = { relation: relation.name, of: [ownerOf(relation)], order, first: 2 };
        const after = place(relation.ordered ? 1 : null);
        return [
          [`${relation.name} ${direction}`, () => reader.neighbours(page)] as const,
          [`${relation.name} ${direction} after`, () => reader.neighbours({ ...page, after })] as const,
        ];
      }),
    );
    expect(await breaches(questions, (plan) => [...fullScans(plan), ...sorts(plan)])).toEqual([]);
  });

  it("neighbours in other orders, derived links and counts start from their owner", async () => {
    const byTitle: Order = { by: "title", direction: "ASC" };
    const questions = allRelations.flatMap((relation) => {
      const of = [ownerOf(relation)];
      const titled = relation.targets.length === 1 && indexedFields(relation.targets[0]).includes("title");
      const order = titled ? { order: byTitle } : {};
      return [
        [`${relation.name} counts`, () => reader.counts({ relation: relation.name, of })] as const,
        [`${relation.name}`, () => reader.neighbours({ relation: relation.name, of, first: 2, ...order })] as const,
      ];
    });
    expect(await breaches(questions, fullScans)).toEqual([]);
  });

  it("lists in every order, from both ends and from the middle, are read from the order's index without sorting", async () => {
    const questions = nodeKindNames.flatMap((kind) =>
      ["id", ...indexedFields(kind)].flatMap((by) =>
        directions.flatMap((direction) => {
          const middle = [place(by === "title" ? "m" : 1), place(null)];
          const pages: Partial<ListQuery>[] = [
            { first: 2 },
            { last: 2 },
            ...middle.flatMap((position) => [
              { first: 2, after: position },
              { last: 2, before: position },
            ]),
          ];
          return pages.map((page) => {
            const name = `${kind} by ${by} ${direction} ${JSON.stringify(page)}`;
            return [name, () => reader.list({ kind, order: { by, direction }, ...page })] as const;
          });
        }),
      ),
    );
    expect(await breaches(questions, (plan) => [...fullScans(plan), ...sorts(plan)])).toEqual([]);
    await forgetAnswers();
    const [statement] = (
      await statementsOf(() => reader.list({ kind: "Question", first: 2, order: { by: "title", direction: "DESC" } }))
    ).filter(({ text }) => text.includes("ORDER BY"));
    expect(planOf(connection, statement!).join("\n")).toContain("USING COVERING INDEX field_Question_title");
  });

  it("filtered lists walk the order's index", async () => {
    const common = [
      { relation: "Question.roles", in: [id("Role:many")] },
      { relation: "Question.roles", all: [id("Role:many")] },
      { field: "difficulty", in: ["EASY", "MEDIUM"] },
    ] as const;
    const filters: readonly Where[] = [
      ...common.map((clause) => ({ and: [clause] })),
      ...common.map((clause) => ({ not: [clause] })),
      { and: [...common], any: [[common[0]], [common[1], common[2]]] },
    ];
    const questions = filters.flatMap((where) =>
      ["id", "title", "difficulty"].map((by) => {
        const query: ListQuery = { kind: "Question", where, first: 2, order: { by, direction: "ASC" } };
        return [`by ${by} where ${JSON.stringify(where)}`, () => reader.list(query)] as const;
      }),
    );
    expect(await breaches(questions, (plan) => [...fullScans(plan), ...sorts(plan)])).toEqual([]);
  });

  it("a list of what is linked to little is read from there", async () => {
    const where: Where = { and: [{ relation: "Question.concepts", in: [id("Concept:c1")] }] };
    const query: ListQuery = { kind: "Question", where, first: 2, order: { by: "title", direction: "ASC" } };
    expect(await breaches([["list", () => reader.list(query)]], fullScans)).toEqual([]);
    expect(await breaches([["list", () => reader.list(query)]], sorts)).toHaveLength(1);
  });
});
