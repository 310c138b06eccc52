import { ModelFollower } from "../../../src/store/memory/model-follower";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import type { GraphStore } from "../../../src/domain/graph/port";
import { type Changes, commit, id, patch, removal, renaming } from "../../builders/changes";
import { aLink, noLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { withSqliteStore } from "../../contract/with-store";

const bank: Changes = [
  aQuestion({ slug: "q" }),
  aConcept({ slug: "a", title: "A" }),
  aConcept({ slug: "b", title: "B" }),
  aLink("ABOUT", "Question:q", "Concept:a"),
];

/** Notes what an index is told. */
function companions() {
  const told: string[] = [];
  const create = () => {
    told.push("new");
    return {
      put: (node: { id: string }) => void told.push(`put ${node.id}`),
      apply: (changes: readonly unknown[]) => void told.push(`apply ${changes.length}`),
    };
  };
  return { told, create };
}

const conceptsOf = async (follower: ModelFollower<never>) =>
  (await follower.caughtUp()).model.links(id("Question:q"), "Question.concepts").map(({ other }) => other);

describe("a model that follows a store", () => {
  it("holds what the store holds, then what each commit makes of it", () =>
    withSqliteStore(async (store) => {
      await commit(store, bank);
      const { told, create } = companions();
      const follower = new ModelFollower(store, create) as ModelFollower<never>;
      expect(await conceptsOf(follower)).toEqual(["Concept:a"]);
      expect(told).toEqual([]);
      await follower.current?.index.get();
      expect(told).toEqual(["new", "put Concept:a", "put Concept:b", "put Question:q"]);

      await commit(store, [aLink("ABOUT", "Question:q", "Concept:b"), patch("Concept:b", { title: "Bee" })]);
      await commit(store, [noLink("ABOUT", "Question:q", "Concept:a"), removal("Concept:a")]);
      expect(await conceptsOf(follower)).toEqual(["Concept:b"]);
      expect(follower.current?.model.revision).toBe(3);
      expect(told.slice(4)).toEqual(["apply 2", "apply 2"]);
    }));

  it("keeps the snapshot that a request has, whatever is committed meanwhile", async () => {
    const store = createMemoryStore();
    await commit(store, bank);
    const follower = new ModelFollower(store, companions().create);
    const { model } = await follower.caughtUp();
    await commit(store, [patch("Concept:a", { title: "Another" })]);
    expect((await follower.caughtUp()).model.node(id("Concept:a"))).toMatchObject({ title: "Another" });
    expect(model.node(id("Concept:a"))).toMatchObject({ title: "A" });
  });

  it("knows whose slug each was, in the graph that it has loaded and after each commit", async () => {
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
    await commit(store, [renaming("Concept:b", "bee")]);
    const follower = new ModelFollower(store, companions().create);
    const owners = async () => {
      const { model } = await follower.caughtUp();
      return ["a", "b", "bee", "c"].map((slug) => model.slugOwner("Concept", slug));
    };
    expect(await owners()).toEqual(["Concept:a", "Concept:b", "Concept:b", undefined]);
    await commit(store, [removal("Concept:a"), renaming("Concept:b", "c")]);
    expect(await owners()).toEqual(["Concept:a", "Concept:b", "Concept:b", "Concept:b"]);
  });

  it("sees a commit that was made while it was reading the whole", () =>
    withSqliteStore(async (store) => {
      await commit(store, bank);
      const meddling: GraphStore = Object.assign(Object.create(store) as GraphStore, {
        reader: () => {
          const reader = store.reader();
          return Object.assign(Object.create(reader) as typeof reader, {
            scan: async function* () {
              await commit(store, [patch("Concept:a", { title: "Late" }), aLink("ABOUT", "Question:q", "Concept:b")]);
              yield* reader.scan();
            },
          });
        },
      });
      const follower = new ModelFollower(meddling, companions().create);
      const { model } = await follower.caughtUp();
      expect(model.revision).toBe(2);
      expect(model.node(id("Concept:a"))).toMatchObject({ title: "Late" });
      expect(model.links(id("Question:q"), "Question.concepts").map(({ other }) => other)).toEqual([
        "Concept:a",
        "Concept:b",
      ]);
    }));

  it("starts anew when the store's log is shorter than what it holds", async () => {
    const [long, short] = [createMemoryStore(), createMemoryStore()];
    await commit(long, bank);
    await commit(long, [patch("Concept:a", { title: "Another" })]);
    await commit(short, [aConcept({ slug: "only" })]);
    let store = long;
    const swapped = new Proxy(long, { get: (_, name) => Reflect.get(store, name) as unknown });
    const follower = new ModelFollower(swapped, companions().create);
    await follower.caughtUp();
    store = short;
    const { model } = await follower.caughtUp();
    expect([model.revision, model.node(id("Concept:a")), model.node(id("Concept:only"))?.slug]).toEqual([
      1,
      undefined,
      "only",
    ]);
  });
});
