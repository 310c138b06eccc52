import type { Commit } from "../../../src/domain/changes/change-set";
import { revertOf } from "../../../src/domain/changes/revert";
import type { GraphStore } from "../../../src/domain/graph/port";
import { stateOfView } from "../../../src/domain/changes/view-state";
import { loadModel } from "../../../src/store/memory/load-model";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { type Changes, commit, patch, removal, renaming } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { aCriterion } from "../../builders/owned-nodes";
import { scannedItems } from "../../../src/domain/graph/port";
import { wholeCommits } from "../../builders/whole-commits";

const bank: Changes = [
  aQuestion({ slug: "q", title: "Q", prompt: "Why?" }),
  aConcept({ slug: "a", title: "A", aliases: ["Alpha"] }),
  aConcept({ slug: "b", title: "B" }),
  aLink("ABOUT", "Question:q", "Concept:a", { reason: "It is asked." }),
];

async function reverted(store: GraphStore, revision: number) {
  const [undone] = (await wholeCommits(store, { after: revision - 1, first: 1 })) as [Commit];
  const reader = store.reader();
  return revertOf(
    undone,
    stateOfView(await loadModel(store), (ids) => reader.texts(ids)),
  );
}

const content = async (store: GraphStore): Promise<string[]> => {
  const items: string[] = [];
  for await (const item of scannedItems(store.reader().scan())) {
    if ("node" in item) items.push(JSON.stringify({ ...item.node, formerSlugs: undefined }));
    else items.push(JSON.stringify(item.edge));
  }
  return items;
};

describe("undoing a commit", () => {
  it.each<[string, Changes]>([
    [
      "fields, set and cleared",
      [patch("Concept:a", { title: "New", aliases: null }), patch("Question:q", { hints: ["Think"] })],
    ],
    ["long texts", [patch("Question:q", { prompt: "Why not? See [b](concept:b)." })]],
    [
      "new nodes with what they own and their links",
      [
        aConcept({ slug: "c" }),
        aQuestion({ slug: "r" }),
        ...aCriterion({ question: "r", slug: "k" }),
        aLink("ABOUT", "Question:r", "Concept:c"),
      ],
    ],
    ["a removal with all that went along", [noLink("ABOUT", "Question:q", "Concept:a"), removal("Concept:a")]],
    ["a link's properties", [aLink("ABOUT", "Question:q", "Concept:a", { reason: "Otherwise." })]],
    ["another slug", [renaming("Concept:a", "alpha")]],
  ])("brings back what was: %s", async (_, changes) => {
    const store = createMemoryStore();
    await commit(store, bank);
    const before = await content(store);
    await commit(store, changes);
    expect(await content(store)).not.toEqual(before);
    const { changes: undo, conflicts } = await reverted(store, 2);
    expect(conflicts).toEqual([]);
    await commit(store, undo);
    expect(await content(store)).toEqual(before);
  });

  it("leaves what others have changed since, and says which of the two values are there to choose from", async () => {
    const store = createMemoryStore();
    await commit(store, bank);
    await commit(store, [patch("Concept:a", { title: "Mine", summary: "Mine." })]);
    await commit(store, [patch("Concept:a", { title: "Theirs" })]);
    expect(await reverted(store, 2)).toEqual({
      changes: [{ op: "putNode", id: "Concept:a", fields: { summary: "The slowest few requests." } }],
      conflicts: [{ subject: "Concept:a", field: "title", before: "A", after: "Mine", now: "Theirs" }],
    });
  });

  it("is in conflict with an item that is gone, back again, or has grown since", async () => {
    const store = createMemoryStore();
    await commit(store, bank);
    await commit(store, [patch("Concept:b", { title: "Bee" }), aConcept({ slug: "c", title: "C" })]);
    await commit(store, [removal("Concept:b"), patch("Concept:c", { title: "Sea" })]);
    expect((await reverted(store, 2)).conflicts).toMatchObject([
      { subject: "Concept:b", field: null, now: null },
      { subject: "Concept:c", field: null, before: null, now: { title: "Sea" } },
    ]);
    await commit(store, [aConcept({ slug: "b", title: "Another" })]);
    expect((await reverted(store, 3)).conflicts).toMatchObject([{ subject: "Concept:b", field: null }]);
  });

  it("does nothing where all is as it was", async () => {
    const store = createMemoryStore();
    await commit(store, bank);
    await commit(store, [patch("Concept:a", { title: "B" })]);
    await commit(store, [patch("Concept:a", { title: "A" })]);
    expect(await reverted(store, 2)).toEqual({ changes: [], conflicts: [] });
  });
});
