import { globalId } from "../../../src/domain/ids";
import { commit, id, patch } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion, aTool, aTopic, aTradeOff } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { aNewsroom, errorsOf, type Newsroom } from "./newsroom";
import { wholeCommits } from "../../builders/whole-commits";

const room = (): Promise<Newsroom> =>
  aNewsroom([
    aQuestion({ slug: "q", title: "Old" }),
    aQuestion({ slug: "p" }),
    ...aCriterion({ question: "q", slug: "x" }),
    ...["a", "b", "c"].map((slug) => aConcept({ slug })),
    aLink("ABOUT", "Question:q", "Concept:a", { reason: "It is so." }),
    aLink("PREREQUISITE_OF", "Concept:a", "Concept:b"),
    aTopic({ slug: "t" }),
    aTool({ slug: "faiss" }),
    aTradeOff({ slug: "trade" }),
  ]);

const save = "saveQuestion(input: $input)";
const question = "$input: QuestionInput!";

describe("an editor's edit without a change set", () => {
  it("is published at once, and answered from the graph that it made", async () => {
    const { editor, reader, store } = await room();
    const input = { slug: "q", title: "New", concepts: [{ node: "b", reason: "It is too.", emphasis: "TEACHES" }] };
    const payload = await editor.run(save, { input }, question);
    expect(payload).toEqual({
      node: {
        __typename: "Question",
        id: globalId(id("Question:q")),
        slug: "q",
        title: "New",
        concepts: [{ reason: "It is too.", node: { slug: "b" } }],
        followUps: [],
      },
      changeSet: null,
      revision: 2,
      changes: [
        { subject: "Question:q", changeType: "CHANGED", field: "title", before: "Old", after: "New" },
        ...[
          ["reason", "It is so."],
          ["emphasis", "ASSUMES"],
        ].map(([field, before]) => ({
          subject: "ABOUT Question:q Concept:a",
          changeType: "REMOVED",
          field,
          before,
          after: null,
        })),
        ...[
          ["reason", "It is too."],
          ["emphasis", "TEACHES"],
        ].map(([field, after]) => ({
          subject: "ABOUT Question:q Concept:b",
          changeType: "CREATED",
          field,
          before: null,
          after,
        })),
      ],
      userErrors: [],
    });
    expect(await reader.data('{ revision question(slug: "q") { title } }')).toEqual({
      revision: 2,
      question: { title: "New" },
    });
    const [entry] = await wholeCommits(store, { after: 1, first: 1 });
    expect(entry).toMatchObject({ title: "Save Question q", actor: { kind: "person", name: "Edith" } });
  });

  it("changes nothing where it says what is there, and makes no revision", async () => {
    const { editor } = await room();
    expect(await editor.run(save, { input: { slug: "q", title: "Old" } }, question)).toMatchObject({
      node: { title: "Old" },
      revision: 1,
      changes: [],
      userErrors: [],
    });
  });

  it.each<[string, string, string | null, string[]]>([
    ["remove", 'remove(node: "Tool:faiss")', null, Array<string>(4).fill("Tool:faiss")],
    ["rename", 'rename(node: "Tool:faiss", slug: "faiss-gpu")', "faiss-gpu", ["Tool:faiss"]],
    [
      "link",
      'link(edge: USES, from: "q", to: "faiss", properties: { reason: "It runs." })',
      "q",
      ["USES Question:q Tool:faiss"],
    ],
    [
      "unlink",
      'unlink(edge: ABOUT, from: "q", to: "Concept:a")',
      "q",
      ["ABOUT Question:q Concept:a", "ABOUT Question:q Concept:a"],
    ],
    ["reorder", 'reorder(relation: TOPIC_QUESTIONS, of: "t", nodes: [])', "t", []],
    [
      "saveConcept",
      'saveConcept(input: { slug: "new", title: "New", summary: "Is new." })',
      "new",
      ["Concept:new", "Concept:new", "Concept:new"],
    ],
    ["saveTopic", 'saveTopic(input: { slug: "t", questions: ["q"] })', "t", ["COVERS Topic:t Question:q"]],
    ["saveRole", 'saveRole(input: { slug: "r", title: "R", summary: "Does." })', "r", ["Role:r", "Role:r", "Role:r"]],
    ["saveTool", 'saveTool(input: { id: "Tool:faiss", homepage: "https://faiss.ai" })', "faiss", ["Tool:faiss"]],
    [
      "saveQuality",
      'saveQuality(input: { slug: "cost", title: "Cost", summary: "Is paid.", direction: LOWER_IS_BETTER })',
      "cost",
      Array<string>(4).fill("Quality:cost"),
    ],
    [
      "saveMetric",
      'saveMetric(input: { slug: "m", title: "M", quantity: TIME, direction: LOWER_IS_BETTER })',
      "m",
      Array<string>(4).fill("Metric:m"),
    ],
    [
      "saveSource",
      'saveSource(input: { slug: "s", title: "S", publisher: "P", retrievedAt: "2026-11" })',
      "s",
      Array<string>(4).fill("Source:s"),
    ],
    [
      "saveTradeOff",
      'saveTradeOff(input: { slug: "trade", regimes: [{ slug: "small", title: "Small" }] })',
      "trade",
      ["TradeOff:trade"],
    ],
    ["saveQuestion", 'saveQuestion(input: { slug: "q", hints: ["Think."] })', "q", ["Question:q"]],
  ])("%s does what it says", async (_, call, slug, subjects) => {
    const { editor } = await room();
    const payload = await editor.run(call);
    expect(payload.userErrors).toEqual([]);
    expect(payload.node?.slug ?? null).toBe(slug);
    expect(payload.changes.map(({ subject }) => subject)).toEqual(subjects);
  });

  it("saves a benchmark with its measurements, settings and source", async () => {
    const { editor } = await room();
    const call = `saveBenchmark(input: { slug: "b", title: "B", summary: "Of it.", evidenceKind: MEASURED,
      source: { node: "s", locator: "Table 1" },
      measurements: [{ slug: "m1", value: 1.5, unit: "ms", subjectAsPrinted: "HNSW", metric: "m", tools: ["faiss"], params: { batch: 1 } }] })`;
    expect(errorsOf(await editor.run(call))).toEqual([
      ["TARGET_NOT_FOUND", ["source", "node"]],
      ["TARGET_NOT_FOUND", ["measurements", 0, "metric"]],
    ]);
    await editor.run('saveSource(input: { slug: "s", title: "S", publisher: "P", retrievedAt: "2026-11" })');
    await editor.run('saveMetric(input: { slug: "m", title: "M", quantity: TIME, direction: LOWER_IS_BETTER })');
    expect((await editor.run(call)).userErrors).toEqual([]);
    expect(
      await editor.data(
        '{ benchmark(slug: "b") { sourceLocator measurements { slug unit params metric { slug } tools { slug } } } }',
      ),
    ).toEqual({
      benchmark: {
        sourceLocator: "Table 1",
        measurements: [
          { slug: "b/m1", unit: "ms", params: { batch: 1 }, metric: { slug: "m" }, tools: [{ slug: "faiss" }] },
        ],
      },
    });
  });
});

describe("a dry run", () => {
  it("says what would change, shows the node as it would be, and writes nothing", async () => {
    const { editor, reader } = await room();
    const payload = await editor.run('saveQuestion(input: { slug: "q", title: "New" }, dryRun: true)');
    expect(payload).toMatchObject({
      node: { title: "New" },
      revision: null,
      changes: [{ subject: "Question:q", field: "title", before: "Old", after: "New" }],
      userErrors: [],
    });
    expect(await reader.data('{ revision question(slug: "q") { title } }')).toEqual({
      revision: 1,
      question: { title: "Old" },
    });
  });

  it("tells the same errors, and uses up no idempotency key", async () => {
    const { editor } = await room();
    expect(errorsOf(await editor.run('saveQuestion(input: { slug: "q", title: "" }, dryRun: true)'))).toEqual([
      ["INVALID_FIELD", ["title"]],
    ]);
    const call = (dryRun: boolean) =>
      editor.run(`saveQuestion(input: { slug: "q", title: "N" }, dryRun: ${dryRun}, idempotencyKey: "k")`);
    expect((await call(true)).changes).toHaveLength(1);
    expect((await call(false)).revision).toBe(2);
  });
});

describe("an idempotency key", () => {
  const renaming = (slug: string, key: string) =>
    `rename(node: "Tool:faiss", slug: "${slug}", idempotencyKey: "${key}")`;

  it("makes a call that comes again answer with what the first one did", async () => {
    const { editor, store } = await room();
    const first = await editor.run(renaming("one", "k"));
    await editor.run(renaming("two", "l"));
    const again = await editor.run(renaming("one", "k"));
    expect(again).toEqual({ ...first, node: { ...first.node, slug: "two" } });
    expect(await store.reader().revision()).toBe(3);
  });

  it("is refused with another input, whatever the mutation", async () => {
    const { editor } = await room();
    await editor.run(renaming("one", "k"));
    const refused = async (call: string) => editor.code(`mutation { ${call} { revision } }`);
    expect(await refused(renaming("two", "k"))).toBe("IDEMPOTENCY_KEY_REUSED");
    expect(await refused('remove(node: "Tool:faiss", idempotencyKey: "k")')).toBe("IDEMPOTENCY_KEY_REUSED");
    expect(await refused('remove(node: "Tool:faiss", idempotencyKey: "")')).toBe("BAD_USER_INPUT");
    expect(await refused('remove(node: "Tool:faiss", idempotencyKey: "a\\u0000b")')).toBe("BAD_USER_INPUT");
  });

  it("belongs to whoever sent it", async () => {
    const { editor, store } = await room();
    const other = await aNewsroom([], store);
    await editor.run(renaming("one", "k"));
    const opened = [
      await other.author.run('openChangeSet(title: "A", idempotencyKey: "k")'),
      await other.otherAuthor.run('openChangeSet(title: "A", idempotencyKey: "k")'),
    ];
    expect(new Set(opened.map(({ changeSet }) => changeSet?.id)).size).toBe(2);
  });
});

describe("an expected revision", () => {
  it("lets an edit through while nothing that it changes has changed", async () => {
    const { editor, store } = await room();
    await commit(store, [patch("Concept:c", { title: "Elsewhere" }), aLink("ABOUT", "Question:p", "Concept:c")]);
    const payload = await editor.run('saveQuestion(input: { slug: "q", title: "Mine" }, expectedRevision: 1)');
    expect(payload).toMatchObject({ revision: 3, userErrors: [] });
  });

  it("refuses one whose node somebody has changed since, and says who and when", async () => {
    const { editor, store } = await room();
    await commit(store, [patch("Question:q", { title: "Theirs" })]);
    const payload = await editor.run('saveQuestion(input: { slug: "q", title: "Mine" }, expectedRevision: 1)');
    expect(payload.userErrors).toEqual([
      {
        code: "STALE_REVISION",
        message: "Question:q was changed by ada in revision 2, after revision 1 at which you saw it.",
        path: [],
        didYouMean: [],
        nodes: [],
      },
    ]);
  });

  it("keeps two editors of one list from undoing each other's additions and removals", async () => {
    const { editor, store } = await room();
    const list = (nodes: string[], revision: string) =>
      editor.run(
        `saveQuestion(input: { slug: "q", concepts: $concepts }${revision})`,
        { concepts: nodes.map((node) => ({ node, reason: "It is so.", emphasis: "ASSUMES" })) },
        "$concepts: [AboutLinkInput!]",
      );
    await list(["a", "b"], ", expectedRevision: 1");
    expect(errorsOf(await list(["a", "c"], ", expectedRevision: 1"))).toEqual([["STALE_REVISION", ["concepts"]]]);
    await list(["b"], ", expectedRevision: 2");
    expect(errorsOf(await list(["a", "b", "c"], ", expectedRevision: 2"))).toEqual([
      ["STALE_REVISION", ["concepts", 0]],
    ]);
    expect((await list(["b", "c"], ", expectedRevision: 3")).userErrors).toEqual([]);
    expect((await list(["a"], "")).node).toMatchObject({ concepts: [{ node: { slug: "a" } }] });
    expect(await store.reader().revision()).toBe(5);
  });
});

describe("what an author has to mend", () => {
  it.each<[string, string, object]>([
    [
      "a missing target, with near names",
      'link(edge: USES, from: "q", to: "fais", properties: { reason: "So." })',
      {
        code: "TARGET_NOT_FOUND",
        path: ["to"],
        didYouMean: ["faiss"],
        message: 'There is no Tool "fais". Did you mean "faiss"?',
      },
    ],
    [
      "an inline link to nothing",
      'saveConcept(input: { slug: "c", summary: "See [x](tool:fais)." })',
      { code: "TARGET_NOT_FOUND", path: [], didYouMean: ["faiss"] },
    ],
    [
      "wrong ends",
      'link(edge: PREREQUISITE_OF, from: "a", to: "a", properties: { reason: "So." })',
      { code: "WRONG_ENDS", path: [] },
    ],
    [
      "a node of another kind",
      'link(edge: USES, from: "q", to: "Concept:a", properties: { reason: "So." })',
      { code: "INVALID_REFERENCE", path: ["to"] },
    ],
    [
      "a cycle, with its nodes",
      'link(edge: PREREQUISITE_OF, from: "b", to: "a", properties: { reason: "So." })',
      { code: "CYCLE", path: [], nodes: [globalId(id("Concept:a")), globalId(id("Concept:b"))] },
    ],
    ["a slug that is taken", 'rename(node: "Concept:a", slug: "b")', { code: "SLUG_TAKEN", path: ["slug"] }],
    ["a slug that cannot be", 'rename(node: "Concept:a", slug: "Two Sum")', { code: "INVALID_SLUG", path: ["slug"] }],
    [
      "a list that is full",
      `saveQuestion(input: { slug: "q", criteria: [${Array.from({ length: 13 }, (_, i) => `{ slug: "c${i}", statement: "So.", weight: 1 }`).join()}] })`,
      { code: "TOO_MANY", path: ["criteria"] },
    ],
    [
      "a required field",
      'saveConcept(input: { slug: "new", title: "New" })',
      { code: "REQUIRED_FIELD", path: ["summary"] },
    ],
    [
      "a required link",
      'saveBenchmark(input: { slug: "b", title: "B", summary: "So.", evidenceKind: MEASURED })',
      { code: "REQUIRED_LINK", path: ["source"] },
    ],
    [
      "a value out of range",
      'saveQuestion(input: { slug: "q", estimatedMinutes: 0 })',
      { code: "INVALID_FIELD", path: ["estimatedMinutes"] },
    ],
    [
      "an unknown unit",
      'saveTradeOff(input: { slug: "trade", flipConditions: [{ slug: "f", condition: "C.", explanation: "E.", unit: "furlong" }] })',
      { code: "INVALID_FIELD", path: ["flipConditions", 0, "unit"] },
    ],
    [
      "a property of another kind of link",
      'link(edge: USES, from: "q", to: "faiss", properties: { reason: "So.", where: "There" })',
      { code: "UNKNOWN_FIELD", path: ["properties", "where"] },
    ],
    [
      "a node named twice",
      'saveTopic(input: { slug: "t", questions: ["q", "Question:q"] })',
      { code: "DUPLICATE", path: ["questions", 1] },
    ],
    [
      "what others need",
      'remove(node: "Concept:a")',
      { code: "NODE_IN_USE", path: ["node"], nodes: [globalId(id("Concept:b")), globalId(id("Question:q"))] },
    ],
  ])("%s", async (_, call, error) => {
    const { editor, store } = await room();
    const payload = await editor.run(call);
    expect(payload).toMatchObject({ node: null, changeSet: null, revision: null, changes: [] });
    expect(payload.userErrors[0]).toMatchObject(error);
    expect(await store.reader().revision()).toBe(1);
  });

  it("is told all at once", async () => {
    const { editor } = await room();
    const call = `saveQuestion(input: { slug: "q", title: "", concepts: [{ node: "none", reason: "So.", emphasis: ASSUMES }, { node: "b" }] })`;
    expect(errorsOf(await editor.run(call))).toEqual([
      ["TARGET_NOT_FOUND", ["concepts", 0, "node"]],
      ["INVALID_FIELD", ["title"]],
      ["REQUIRED_FIELD", ["concepts", 1, "reason"]],
      ["REQUIRED_FIELD", ["concepts", 1, "emphasis"]],
    ]);
  });
});
