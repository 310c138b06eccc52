import type { Commit } from "../../../src/domain/changes/change-set";
import { stateOfView } from "../../../src/domain/changes/view-state";
import type { Call } from "../../../src/domain/drafts/call";
import { openDraft, revertCommit, takeStep } from "../../../src/domain/drafts/draft-steps";
import type { Draft } from "../../../src/domain/drafts/draft-store";
import { loadModel } from "../../../src/store/memory/load-model";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { type Changes, commit, patch, removal } from "../../builders/changes";
import { aDraft } from "../../builders/drafts";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { wholeCommits } from "../../builders/whole-commits";

const now = "2026-03-02T12:00:00.000Z";
const callOf = (name: string, idempotencyKey: string | null = null): Call => ({
  principal: { id: `key:${name}`, name, role: "EDITOR" },
  input: null,
  idempotencyKey,
  now: new Date(now),
});
const ada = callOf("ada");

describe("a change set that is opened", () => {
  it("is empty, and its author's", async () => {
    const { drafts } = createMemoryStore();
    const { draft, faults } = await openDraft(ada, "Explain recall", drafts);
    expect(faults).toEqual([]);
    expect(draft).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      title: "Explain recall",
      author: "key:ada",
      authorName: "ada",
      status: "OPEN",
      version: 1,
      createdAt: now,
      updatedAt: now,
      changes: [],
      base: {},
      comments: [],
      publishedAs: null,
    });
    expect(await drafts.draft((draft as Draft).id)).toEqual(draft);
  });

  it("is another one each time, but for a call that is repeated by its key", async () => {
    const { drafts } = createMemoryStore();
    const open = async (call: Call, title = "New") => (await openDraft(call, title, drafts)).draft;
    const [first, second] = [await open(ada), await open(ada)];
    expect(first?.id).not.toBe(second?.id);
    const keyed = await open(callOf("ada", "k"));
    expect(await open(callOf("ada", "k"))).toEqual(keyed);
    expect((await open(callOf("otto", "k")))?.author).toBe("key:otto");
    await takeStep(ada, (keyed as Draft).id, { is: "rename", title: "Renamed" }, drafts);
    expect(await open(callOf("ada", "k"))).toMatchObject({ id: keyed?.id, title: "Renamed" });
  });
});

describe("the texts of a change set", () => {
  it.each([
    ["", "title must not be empty."],
    ["x".repeat(201), "title must be at most 200 characters."],
    ["two\nlines", "title must be one line without spaces around it."],
  ])("cannot be named %j", async (title, message) => {
    const { drafts } = createMemoryStore();
    const fault = { code: "INVALID_FIELD", path: ["title"], message };
    expect((await openDraft(ada, title, drafts)).faults[0]).toEqual(fault);
    expect(await drafts.drafts({ first: 10 })).toEqual([]);
    const before = aDraft({ id: "d" });
    await drafts.save(before);
    const renamed = await takeStep(ada, "d", { is: "rename", title }, drafts);
    expect([renamed.faults[0], renamed.draft]).toEqual([fault, null]);
    expect(await drafts.draft("d")).toEqual(before);
  });

  it.each(["comment", "requestChanges"] as const)("are added to by %s, and changed by nothing else", async (is) => {
    const { drafts } = createMemoryStore();
    const first = { by: "otto", at: "2026-03-01T12:00:00.000Z", text: "First." };
    const before = aDraft({ id: "d", status: "SUBMITTED", author: "key:otto", comments: [first] });
    await drafts.save(before);
    for (const [comment, message] of [
      ["", "comment must not be empty."],
      ["x".repeat(5_001), "comment must be at most 5000 characters."],
    ] as const) {
      const { faults } = await takeStep(ada, "d", { is, comment }, drafts);
      expect(faults).toEqual([{ code: "INVALID_FIELD", path: ["comment"], message }]);
      expect(await drafts.draft("d")).toEqual(before);
    }
    const longest = "x".repeat(5_000);
    const { draft } = await takeStep(ada, "d", { is, comment: longest }, drafts);
    expect(draft).toEqual({
      ...before,
      status: is === "comment" ? "SUBMITTED" : "CHANGES_REQUESTED",
      version: 2,
      updatedAt: now,
      comments: [first, { by: "ada", at: now, text: longest }],
    });
    expect(await drafts.draft("d")).toEqual(draft);
  });

  it("stay as they are at every other step", async () => {
    const { drafts } = createMemoryStore();
    const before = aDraft({ id: "d", comments: [{ by: "otto", at: now, text: "First." }] });
    await drafts.save(before);
    expect((await takeStep(ada, "d", { is: "submit" }, drafts)).draft).toEqual({
      ...before,
      status: "SUBMITTED",
      version: 2,
      updatedAt: now,
    });
    expect((await takeStep(ada, "d", { is: "rename", title: "Another" }, drafts)).draft).toMatchObject({
      title: "Another",
      status: "SUBMITTED",
      comments: before.comments,
    });
  });
});

describe("a change set that undoes a commit", () => {
  /** What comes of undoing the commit that made a revision, where these were committed one after another. */
  async function reverted(commits: readonly Changes[], revision: number, { leave = false, title = "A change" } = {}) {
    const store = createMemoryStore();
    for (const changes of commits) await commit(store, changes);
    const [undone] = (await wholeCommits(store, { after: revision - 1, first: 1 })) as [Commit];
    const reader = store.reader();
    const published = stateOfView(await loadModel(store), (ids) => reader.texts(ids));
    const outcome = await revertCommit(ada, { ...undone, title }, leave, published, store.drafts);
    return { ...outcome, drafts: await store.drafts.drafts({ first: 10 }) };
  }
  const bank = [aConcept({ slug: "a", title: "One", summary: "Is one." }), aQuestion({ slug: "q" })];
  const edit = [patch("Concept:a", { title: "Two", summary: "Is two." })];

  it("holds what puts everything back, from what is published", async () => {
    const { draft, faults, drafts } = await reverted([bank, edit], 2);
    expect(faults).toEqual([]);
    expect(draft).toMatchObject({
      title: "Revert 2: A change",
      status: "OPEN",
      changes: [patch("Concept:a", { title: "One", summary: "Is one." })],
      base: { "Concept:a": { existed: true, values: { title: "Two", summary: "Is two." } } },
    });
    expect(drafts).toEqual([draft]);
  });

  it("is not opened where others changed the same since, and says what", async () => {
    const { draft, faults, drafts } = await reverted([bank, edit, [patch("Concept:a", { title: "Three" })]], 2);
    expect([draft, drafts]).toEqual([null, []]);
    expect(faults).toEqual([
      {
        code: "STALE_REVISION",
        path: ["revision"],
        message: 'Concept:a: title has been changed since: the commit left "Two", and now it is "Three".',
      },
    ]);
  });

  it("undoes the rest where those are to be left out", async () => {
    const { draft, faults } = await reverted([bank, edit, [patch("Concept:a", { title: "Three" })]], 2, {
      leave: true,
    });
    expect(faults).toEqual([]);
    expect(draft?.changes).toEqual([patch("Concept:a", { summary: "Is one." })]);
  });

  it("is not opened either where the whole of something is another one by now", async () => {
    const { faults } = await reverted([bank, edit, [removal("Concept:a")]], 2);
    expect(faults.map(({ message }) => message)).toEqual(["Concept:a has been changed since."]);
    const link = (reason: string) => [aLink("ABOUT", "Question:q", "Concept:a", { reason })];
    const linked = await reverted([bank, link("So."), link("Otherwise.")], 2);
    expect(linked.faults.map(({ message }) => message)).toEqual(["ABOUT Question:q Concept:a has been changed since."]);
  });

  it("shows 80 characters of a long value", async () => {
    const summary = (length: number) => [patch("Concept:a", { summary: "x".repeat(length) })];
    const { faults } = await reverted([bank, summary(78), summary(79)], 2);
    const [short, long] = [`"${"x".repeat(78)}"`, `"${"x".repeat(79)}…`];
    expect(faults.map(({ message }) => message)).toEqual([
      `Concept:a: summary has been changed since: the commit left ${short}, and now it is ${long}.`,
    ]);
  });

  it.each([
    ["Two\n\tlines \u0007 and  more", "Revert 2: Two lines and more"],
    ["x".repeat(300), `Revert 2: ${"x".repeat(190)}`],
    [`${"x".repeat(189)} y`, `Revert 2: ${"x".repeat(189)}`],
    [`${"x".repeat(189)}\u{1f600}`, `Revert 2: ${"x".repeat(189)}\ufffd`],
  ])("has a title of one line made of %j", async (title, expected) => {
    expect((await reverted([bank, edit], 2, { title })).draft?.title).toBe(expected);
  });
});
