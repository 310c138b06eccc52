import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../../src/domain/database";
import { CommitFeed } from "../../src/domain/graph/commit-feed";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { ModelFollower } from "../../src/store/memory/model-follower";
import { watchHead } from "../../src/app";
import { commit, id } from "../builders/changes";
import { aConcept } from "../builders/nodes";

async function bankOf(...slugs: readonly string[]): Promise<Database> {
  const store = createMemoryStore();
  for (const slug of slugs) await commit(store, [aConcept({ slug })]);
  return store;
}

/** A store that can become another one, as when a backup is restored in its place. */
function replaceable(first: Database) {
  let current = first;
  const store = new Proxy(first, {
    get: (_, name) => Reflect.get(current, name) as unknown,
  });
  return { store, replaceBy: (other: Database) => void (current = other) };
}

const another = { code: "CONFLICT", message: expect.stringContaining("Another bank is there now") as string };

describe("where a backup with other content is restored at revisions that were known", () => {
  it.each([
    ["the same revision", ["c", "d"], 2],
    ["an earlier revision", ["c"], 1],
    ["a later revision", ["c", "d", "e"], 3],
  ])("those who wait for commits are told so by a look at the head, at %s", async (_, slugs, revision) => {
    const { store, replaceBy } = replaceable(await bankOf("a", "b"));
    const feed = new CommitFeed(store);
    const ending = new AbortController();
    await feed.newest();
    const next = feed.follow(2, ending.signal).next();
    const failed = jest.fn();
    const watching = watchHead(feed, 1, ending.signal, failed);
    replaceBy(await bankOf(...slugs));
    await expect(next).rejects.toMatchObject(another);
    expect(await feed.newest()).toBe(revision);
    ending.abort();
    await watching;
    expect(failed).not.toHaveBeenCalled();
  });

  it("nobody who waits is told so while the log only goes on", async () => {
    const { store } = replaceable(await bankOf("a", "b"));
    const feed = new CommitFeed(store);
    const ending = new AbortController();
    await feed.newest();
    const next = feed.follow(2, ending.signal).next();
    const watching = watchHead(feed, 1, ending.signal, () => undefined);
    await nextTurn();
    await commit(store, [aConcept({ slug: "c" })]);
    expect(await next).toMatchObject({ revision: 3 });
    ending.abort();
    await watching;
  });

  it.each([
    ["the same revision", ["c", "d"]],
    ["an earlier revision", ["c"]],
    ["a later revision", ["c", "d", "e"]],
  ])("a follower loads the graph again and says that it is another one, at %s", async (_, slugs) => {
    const { store, replaceBy } = replaceable(await bankOf("a", "b"));
    const heads: [number, boolean][] = [];
    const follower = new ModelFollower(
      store,
      () => ({ apply: () => undefined }) as never,
      ({ revision }, replaced) => heads.push([revision, replaced]),
    );
    await follower.caughtUp();
    const other = await bankOf(...slugs);
    replaceBy(other);
    const { model } = await follower.caughtUp();
    expect({ revision: model.revision, hash: model.hash }).toEqual(await other.head());
    expect(slugs.every((slug) => model.node(id(`Concept:${slug}`)) !== undefined)).toBe(true);
    expect(heads).toEqual([
      [2, false],
      [slugs.length, true],
    ]);
    follower.stop();
  });
});
