import { globalId } from "../../../src/domain/ids";
import { commit, id, patch, removal } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion, aTool, aTopic } from "../../builders/nodes";
import { aNewsroom, errorsOf, type Member, type Newsroom, type Payload } from "./newsroom";
import { wholeCommits } from "../../builders/whole-commits";

const room = (): Promise<Newsroom> =>
  aNewsroom([
    aQuestion({ slug: "q", title: "Old" }),
    aQuestion({ slug: "p" }),
    ...["a", "b", "c"].map((slug) => aConcept({ slug })),
    aLink("ABOUT", "Question:q", "Concept:a"),
    aLink("PREREQUISITE_OF", "Concept:a", "Concept:b"),
    aTopic({ slug: "t" }),
    aLink("COVERS", "Topic:t", "Question:q"),
    aTool({ slug: "faiss" }),
  ]);

const into = (set: string) => `changeSet: ${JSON.stringify(set)}`;
const title = (member: Member, set: string, slug: string, text: string, more = ""): Promise<Payload> =>
  member.run(`saveQuestion(input: { slug: "${slug}", title: "${text}" }, ${into(set)}${more})`);

const reviewed = async <T>(member: Member, set: string, selection: string): Promise<T> =>
  (await member.data<{ changeSet: T }>(`{ changeSet(id: "${set}") { ${selection} } }`)).changeSet;

describe("an author", () => {
  it("must name a change set", async () => {
    const { author } = await room();
    const payload = await author.run('saveQuestion(input: { slug: "q", title: "New" })');
    expect(errorsOf(payload)).toEqual([["CHANGE_SET_REQUIRED", ["changeSet"]]]);
    expect(errorsOf(await author.run('remove(node: "Tool:faiss", dryRun: true)'))).toEqual([
      ["CHANGE_SET_REQUIRED", ["changeSet"]],
    ]);
  });

  it("writes into one, sees the node as it is there, and leaves the graph as it was", async () => {
    const { author, reader } = await room();
    const set = await author.open("Mine");
    expect(await title(author, set, "q", "New")).toMatchObject({
      node: { title: "New", concepts: [{ node: { slug: "a" } }] },
      changeSet: { id: set, title: "Mine", status: "OPEN", version: 2 },
      revision: null,
      changes: [{ subject: "Question:q", field: "title", before: "Old", after: "New" }],
      userErrors: [],
    });
    expect(await reader.data('{ revision question(slug: "q") { title } }')).toEqual({
      revision: 1,
      question: { title: "Old" },
    });
  });

  it("builds on what the change set holds by now: new nodes can be linked, and lists are those of the draft", async () => {
    const { author } = await room();
    const set = await author.open();
    await author.run(`saveConcept(input: { slug: "new", title: "New", summary: "Is new." }, ${into(set)})`);
    await author.run(
      `link(edge: ABOUT, from: "q", to: "new", properties: { reason: "So.", emphasis: TEACHES }, ${into(set)})`,
    );
    const concepts = '[{ node: "new" }, { node: "b", reason: "So.", emphasis: ASSUMES }]';
    const payload = await author.run(`saveQuestion(input: { slug: "q", concepts: ${concepts} }, ${into(set)})`);
    expect(payload.node).toMatchObject({ concepts: [{ node: { slug: "b" } }, { node: { slug: "new" } }] });
    await author.run(`unlink(edge: ABOUT, from: "q", to: "new", ${into(set)})`);
    await author.run(`remove(node: "Concept:new", ${into(set)})`);
    expect(await reviewed(author, set, "changes { subject field } findings { code }")).toEqual({
      changes: ["REMOVED a", "REMOVED a", "CREATED b", "CREATED b"].map((each, index) => ({
        subject: `ABOUT Question:q Concept:${each.at(-1)}`,
        field: index % 2 === 0 ? "reason" : "emphasis",
      })),
      findings: [],
    });
  });

  it("sees, edits and lists own change sets alone; an editor those of all", async () => {
    const { author, otherAuthor, editor, reader } = await room();
    const set = await author.open("Mine");
    const others = await otherAuthor.open("Theirs");
    const list = async (member: Member, args = "") =>
      (
        await member.data<{ changeSets: { nodes: { id: string }[] } }>(`{ changeSets${args} { nodes { id } } }`)
      ).changeSets.nodes.map((each) => each.id);
    expect(await list(author)).toEqual([set]);
    expect(await list(author, '(author: "key:otto")')).toEqual([]);
    expect((await list(editor)).sort()).toEqual([others, set].sort());
    expect(await list(editor, '(author: "key:otto", status: [OPEN])')).toEqual([others]);
    expect(await list(editor, "(status: [PUBLISHED])")).toEqual([]);

    expect(await reviewed(author, others, "id")).toBeNull();
    expect(await reviewed(editor, set, "id authorName")).toEqual({ id: set, authorName: "Ada" });
    const code = (member: Member, call: string) => member.code(`mutation { ${call} { revision } }`);
    const edit = `rename(node: "Tool:faiss", slug: "x", ${into(others)})`;
    expect(await code(author, edit)).toBe("NOT_FOUND");
    expect(await code(author, `submitChangeSet(${into(others)})`)).toBe("NOT_FOUND");
    expect(await code(author, edit.replace(others, "none"))).toBe("NOT_FOUND");
    expect(await code(author, `publishChangeSet(${into(set)})`)).toBe("FORBIDDEN");
    expect(await code(author, `approveChangeSet(${into(set)})`)).toBe("FORBIDDEN");
    expect(await code(reader, edit)).toBe("UNAUTHENTICATED");
    expect((await editor.run(edit)).userErrors).toEqual([]);
  });

  it("may write what is not whole yet: cycles and removals that others need are findings", async () => {
    const { author, editor } = await room();
    const set = await author.open();
    const cycle = `link(edge: PREREQUISITE_OF, from: "b", to: "a", properties: { reason: "So." }, ${into(set)})`;
    expect((await author.run(cycle)).userErrors).toEqual([]);
    expect((await author.run(`remove(node: "Concept:a", ${into(set)})`)).userErrors).toEqual([]);
    expect(errorsOf(await author.run(`saveConcept(input: { slug: "c", title: "" }, ${into(set)})`))).toEqual([
      ["INVALID_FIELD", ["title"]],
    ]);
    const found = await reviewed<{ findings: unknown }>(
      author,
      set,
      "findings { code nodes } publishClosure { dangling { code } }",
    );
    expect(found).toMatchObject({
      findings: [{ code: "NODE_IN_USE", nodes: [globalId(id("Concept:b")), globalId(id("Question:q"))] }],
      publishClosure: { dangling: [{ code: "NODE_IN_USE" }] },
    });
    expect(errorsOf(await editor.run(`publishChangeSet(${into(set)})`))).toEqual([["NODE_IN_USE", []]]);
  });

  it("may take a part out and put it in again: it has its links then", async () => {
    const { author, editor } = await room();
    const set = await author.open();
    const criteria = async (...slugs: string[]) => {
      const list = slugs.map((slug) => `{ slug: "${slug}", statement: "Says ${slug}.", weight: 1 }`).join(" ");
      expect(
        errorsOf(await author.run(`saveQuestion(input: { slug: "q", criteria: [${list}] }, ${into(set)})`)),
      ).toEqual([]);
    };
    await criteria("one", "two");
    await criteria("two");
    await criteria("one", "two");
    expect(await reviewed(author, set, "findings { code }")).toEqual({ findings: [] });
    expect(errorsOf(await editor.run(`publishChangeSet(${into(set)})`))).toEqual([]);
    expect(await editor.data('{ question(slug: "q") { criteria { slug } } }')).toEqual({
      question: { criteria: [{ slug: "q/one" }, { slug: "q/two" }] },
    });
  });

  it("has a cycle told at publishing", async () => {
    const { author, editor } = await room();
    const set = await author.open();
    await author.run(`link(edge: PREREQUISITE_OF, from: "b", to: "a", properties: { reason: "So." }, ${into(set)})`);
    expect(errorsOf(await editor.run(`publishChangeSet(${into(set)}, dryRun: true)`))).toEqual([["CYCLE", []]]);
    expect(errorsOf(await editor.run(`publishChangeSet(${into(set)})`))).toEqual([["CYCLE", []]]);
    await author.run(`unlink(edge: PREREQUISITE_OF, from: "a", to: "b", ${into(set)})`);
    expect((await editor.run(`publishChangeSet(${into(set)})`)).userErrors).toEqual([]);
  });

  it("repeats an edit by its key without doing it twice, also when something came in between", async () => {
    const { author } = await room();
    const set = await author.open();
    const first = await title(author, set, "q", "One", ', idempotencyKey: "k"');
    await title(author, set, "q", "Two");
    const again = await title(author, set, "q", "One", ', idempotencyKey: "k"');
    expect([first.changeSet?.["version"], again.changeSet?.["version"]]).toEqual([2, 3]);
    expect(await reviewed(author, set, "changes { after }")).toEqual({ changes: [{ after: "Two" }] });
    expect(
      await author.code(`mutation { remove(node: "Tool:faiss", ${into(set)}, idempotencyKey: "k") { revision } }`),
    ).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  it("opens one change set for a key, however often it is asked", async () => {
    const { author } = await room();
    const open = () => author.run('openChangeSet(title: "Mine", idempotencyKey: "k")');
    expect((await open()).changeSet).toEqual((await open()).changeSet);
  });

  it("tries an edit of a change set without saving it", async () => {
    const { author } = await room();
    const set = await author.open();
    await author.run(`saveConcept(input: { slug: "new", title: "New", summary: "Is new." }, ${into(set)})`);
    expect(await author.run(`rename(node: "Concept:new", slug: "newer", ${into(set)}, dryRun: true)`)).toMatchObject({
      node: { slug: "newer", title: "New" },
      changes: [{ subject: "Concept:new", field: "slug", before: "new", after: "newer" }],
    });
    expect(await reviewed(author, set, "version")).toEqual({ version: 2 });
  });

  it("is told of what was published since the revision that was seen", async () => {
    const { author, store } = await room();
    const set = await author.open();
    await commit(store, [patch("Question:q", { title: "Theirs" })]);
    expect(errorsOf(await title(author, set, "q", "Mine", ", expectedRevision: 1"))).toEqual([["STALE_REVISION", []]]);
    expect((await title(author, set, "q", "Mine", ", expectedRevision: 2")).userErrors).toEqual([]);
  });

  it("loses nothing when several edits of one change set come at once", async () => {
    const { author } = await room();
    const set = await author.open();
    const slugs = ["one", "two", "three", "four"];
    await Promise.all(
      slugs.map((slug) =>
        author.run(`saveTool(input: { slug: "${slug}", title: "T", category: CACHE, summary: "Is." }, ${into(set)})`),
      ),
    );
    const { changes } = await reviewed<{ changes: { subject: string; field: string }[] }>(
      author,
      set,
      "changes { subject field }",
    );
    expect(changes.filter(({ field }) => field === "slug").map(({ subject }) => subject)).toEqual(
      slugs.map((slug) => `Tool:${slug}`).sort(),
    );
  });
});

describe("a review", () => {
  it("has titles of one line and comments of several, without signs that nobody sees", async () => {
    const { author } = await room();
    const set = await author.open();
    const declared = "$text: String!";
    for (const text of ["", " around ", "two\nlines", "NUL\u0000", "x".repeat(201)])
      expect(errorsOf(await author.run("openChangeSet(title: $text)", { text }, declared))[0]).toEqual([
        "INVALID_FIELD",
        ["title"],
      ]);
    const comment = (text: string) =>
      author.run(`commentOnChangeSet(comment: $text, ${into(set)})`, { text }, declared);
    for (const text of ["", "bell\u0007", "x".repeat(5_001)])
      expect(errorsOf(await comment(text))[0]).toEqual(["INVALID_FIELD", ["comment"]]);
    expect(errorsOf(await comment("Two\nlines."))).toEqual([]);
  });

  it("takes a change set from hand to hand", async () => {
    const { author, editor } = await room();
    const set = await author.open("First");
    await title(author, set, "q", "New");
    const step = async (member: Member, call: string) => (await member.run(call)).changeSet?.status;
    expect(await step(author, `renameChangeSet(${into(set)}, title: "Second")`)).toBe("OPEN");
    expect(await step(author, `submitChangeSet(${into(set)})`)).toBe("SUBMITTED");
    expect(await step(editor, `requestChanges(${into(set)}, comment: "Say why.")`)).toBe("CHANGES_REQUESTED");
    await title(author, set, "p", "Why");
    expect(await step(author, `commentOnChangeSet(${into(set)}, comment: "Said.")`)).toBe("CHANGES_REQUESTED");
    expect(await step(author, `submitChangeSet(${into(set)})`)).toBe("SUBMITTED");
    expect(await step(editor, `approveChangeSet(${into(set)})`)).toBe("APPROVED");
    expect(await reviewed(author, set, "title status version comments { by text }")).toEqual({
      title: "Second",
      status: "APPROVED",
      version: 9,
      comments: [
        { by: "Edith", text: "Say why." },
        { by: "Ada", text: "Said." },
      ],
    });
    await title(author, set, "q", "Newer");
    expect(await reviewed(author, set, "status")).toEqual({ status: "OPEN" });
  });

  it("refuses steps that the status does not allow", async () => {
    const { author, editor } = await room();
    const set = await author.open();
    const refused = async (member: Member, call: string) => errorsOf(await member.run(call));
    const wrong = [["WRONG_STATUS", ["changeSet"]]];
    expect(await refused(editor, `approveChangeSet(${into(set)})`)).toEqual(wrong);
    expect(await refused(editor, `requestChanges(${into(set)}, comment: "No.")`)).toEqual(wrong);
    await author.run(`discardChangeSet(${into(set)})`);
    expect(errorsOf(await title(author, set, "q", "New"))).toEqual(wrong);
    for (const step of ["submitChangeSet", "discardChangeSet"])
      expect(await refused(author, `${step}(${into(set)})`)).toEqual(wrong);
    expect(await refused(editor, `publishChangeSet(${into(set)})`)).toEqual(wrong);
    expect(await refused(author, `renameChangeSet(${into(set)}, title: "Other")`)).toEqual(wrong);
    expect(await refused(author, 'openChangeSet(title: " ")')).toEqual([["INVALID_FIELD", ["title"]]]);
    expect(await refused(author, `commentOnChangeSet(${into(set)}, comment: "")`)).toEqual([
      ["INVALID_FIELD", ["comment"]],
    ]);
  });

  it("shows what the change set adds to the graph, brings along, cuts off, and what the rules say of it", async () => {
    const { author, editor } = await room();
    const set = await author.open();
    await author.run(`saveTopic(input: { slug: "t", questions: ["p"] }, ${into(set)})`);
    await author.run(`saveConcept(input: { slug: "new", title: "New", summary: "Is new." }, ${into(set)})`);
    await author.run(
      `saveQuestion(input: { slug: "q", concepts: [{ node: "new", reason: "So.", emphasis: TEACHES }] }, ${into(set)})`,
    );
    const review = await reviewed<{
      lint: { added: { rule: string; node: string }[]; cured: { rule: string; node: string }[] };
    }>(
      editor,
      set,
      "publishClosure { nodes } unreachableQuestions lint { added { rule severity node path message hint } cured { rule node } } changeCount",
    );
    expect(review).toMatchObject({
      publishClosure: { nodes: [globalId(id("Concept:new"))] },
      unreachableQuestions: [globalId(id("Question:q"))],
      changeCount: 9,
    });
    expect(review.lint.added.map(({ rule, node }) => [rule, node])).toContainEqual([
      "orphan",
      globalId(id("Question:q")),
    ]);
    expect(review.lint.cured.map(({ node }) => node)).not.toContain(globalId(id("Concept:new")));
  });

  it("shows, field by field, what was published otherwise since; saving the field again settles it", async () => {
    const { author, editor, store } = await room();
    const set = await author.open();
    await author.run(`saveConcept(input: { slug: "a", title: "Mine", summary: "Mine too." }, ${into(set)})`);
    await commit(store, [patch("Concept:a", { title: "Theirs", aliases: ["A"] })]);
    const conflicts = () => reviewed(author, set, "conflicts { subject field base published draft }");
    expect(await conflicts()).toEqual({
      conflicts: [{ subject: "Concept:a", field: "title", base: "Tail latency", published: "Theirs", draft: "Mine" }],
    });
    const publish = () => editor.run(`publishChangeSet(${into(set)})`);
    expect((await publish()).userErrors).toMatchObject([
      {
        code: "STALE_REVISION",
        message:
          'Concept:a: title was "Tail latency" when the change set changed it to "Mine", but has been published as "Theirs" since. Save the field again to settle it.',
      },
    ]);
    await author.run(`saveConcept(input: { slug: "a", title: "Mine" }, ${into(set)})`);
    expect(await conflicts()).toEqual({ conflicts: [] });
    expect((await publish()).userErrors).toEqual([]);
    expect(await author.data('{ concept(slug: "a") { title aliases summary } }')).toEqual({
      concept: { title: "Mine", aliases: ["A"], summary: "Mine too." },
    });
  });

  it("takes what others removed, or did too, for no conflict, unless the change set keeps the thing", async () => {
    const { author, editor, store } = await room();
    const set = await author.open();
    await author.run(`unlink(edge: ABOUT, from: "q", to: "a", ${into(set)})`);
    await author.run(`remove(node: "Tool:faiss", ${into(set)})`);
    await title(author, set, "q", "Same");
    await commit(store, [
      noLink("ABOUT", "Question:q", "Concept:a"),
      removal("Tool:faiss"),
      patch("Question:q", { title: "Same" }),
    ]);
    expect(await reviewed(author, set, "changes { subject } conflicts { subject } findings { code }")).toEqual({
      changes: [],
      conflicts: [],
      findings: [],
    });
    await title(author, set, "p", "Kept");
    await commit(store, [removal("Question:p")]);
    expect(await reviewed(author, set, "conflicts { subject field }")).toEqual({
      conflicts: [{ subject: "Question:p", field: null }],
    });
    expect(errorsOf(await editor.run(`publishChangeSet(${into(set)})`))[0]).toEqual(["STALE_REVISION", []]);
  });
});

describe("publishing", () => {
  it("makes the change set part of the graph as one commit, once", async () => {
    const { author, editor, store, reader } = await room();
    const set = await author.open("A better title");
    await title(author, set, "q", "New");
    await author.run(`rename(node: "Question:q", slug: "better", ${into(set)})`);
    const publish = (key: string) => editor.run(`publishChangeSet(${into(set)}, idempotencyKey: "${key}")`);
    const dry = await editor.run(`publishChangeSet(${into(set)}, dryRun: true)`);
    const first = await publish("k");
    expect(dry.changes).toEqual(first.changes);
    expect(first).toMatchObject({
      changeSet: { status: "PUBLISHED", version: 4 },
      revision: 2,
      changes: [
        { subject: "Question:q", field: "slug", before: "q", after: "better" },
        { subject: "Question:q", field: "title", before: "Old", after: "New" },
      ],
      userErrors: [],
    });
    expect(await publish("k")).toEqual(first);
    expect(errorsOf(await publish("l"))).toEqual([["WRONG_STATUS", ["changeSet"]]]);
    expect(errorsOf(await title(author, set, "better", "Late"))).toEqual([["WRONG_STATUS", ["changeSet"]]]);
    expect(await reader.data('{ revision question(slug: "q") { slug title } }')).toEqual({
      revision: 2,
      question: { slug: "better", title: "New" },
    });
    expect(await wholeCommits(store, { after: 1, first: 9 })).toMatchObject([{ title: "A better title", draft: set }]);
    expect(await reviewed(editor, set, "publishedAs changes { after } findings { code }")).toEqual({
      publishedAs: 2,
      changes: [{ after: "better" }, { after: "New" }],
      findings: [],
    });
  });
});
