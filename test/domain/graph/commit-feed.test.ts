import type { CommitHead } from "../../../src/domain/changes/change-set";
import type { Database } from "../../../src/domain/database";
import { CommitFeed, feedWindow, type Following } from "../../../src/domain/graph/commit-feed";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { commit, id, patch } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { replaceable } from "../../builders/replaceable";

const never = new AbortController().signal;

/** A bank with so many commits, each titled by the name and its number. */
async function aBank(name: string, commits: number): Promise<Database> {
  const store = createMemoryStore();
  await lengthen(store, name, commits);
  return store;
}

async function lengthen(store: Database, name: string, commits: number): Promise<void> {
  const { revision } = await store.head();
  for (let number = revision + 1; number <= revision + commits; number++)
    await store.commit(
      {
        title: `${name} ${number}`,
        changes: [number === 1 ? aConcept({ slug: name }) : patch(`Concept:${name}`, { title: `${number}` })],
      },
      { idempotencyKey: `${name} ${number}`, actor: { kind: "person", name: "ada" } },
    );
}

/** A log of so many entries, which grows by as many as are added. The entries are one commit's but for their revisions. */
async function aLongLog(length: number) {
  const [head] = (await (await aBank("a", 1)).log({ first: 1 })) as [CommitHead];
  const heads = numbers(1, length).map((revision) => ({ ...head, revision, hash: `${revision}` }));
  const store = createMemoryStore();
  jest.spyOn(store, "head").mockImplementation(async () => heads.at(-1)!);
  const log = jest
    .spyOn(store, "log")
    .mockImplementation(async ({ after = 0, first = 0 }) => heads.slice(after, after + first));
  const add = (count: number) =>
    heads.push(
      ...numbers(heads.length + 1, heads.length + count).map((revision) => ({
        ...head,
        revision,
        hash: `${revision}`,
      })),
    );
  return { store, log, add };
}

async function take(following: Following, count: number): Promise<CommitHead[]> {
  const heads: CommitHead[] = [];
  while (heads.length < count) heads.push((await following.next())!);
  return heads;
}
const titles = (heads: readonly CommitHead[]) => heads.map(({ title }) => title);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe("a feed of commits whose bank is replaced", () => {
  const another = (revision: number) => ({
    code: "CONFLICT",
    message: `Another bank is there now, at revision ${revision}; read it from the start.`,
  });

  it.each([
    ["as long", 3],
    ["longer", 5],
    ["shorter", 2],
    ["empty", 0],
  ])("by one that is %s ends for who waits for the next commit, and says why", async (_, length) => {
    const { store, replace } = replaceable(await aBank("a", 3));
    const feed = new CommitFeed(store);
    await feed.newest();
    const following = feed.follow(2, never);
    expect(titles(await take(following, 1))).toEqual(["a 3"]);
    const next = following.next();
    replace(await aBank("b", length));
    await Promise.all([expect(next).rejects.toMatchObject(another(length)), feed.look()]);
    await expect(following.next()).rejects.toMatchObject(another(length));
  });

  it("ends where a head that is known by its revision is told with another hash", async () => {
    const store = await aBank("a", 3);
    const feed = new CommitFeed(store);
    await feed.newest();
    const next = feed.follow(3, never).next();
    const other = await (await aBank("b", 3)).head();
    feed.noticed(other);
    await expect(next).rejects.toMatchObject(another(3));
  });

  it("ends for who has not come to the end of what was read of it", async () => {
    const feed = new CommitFeed(await aBank("a", 5));
    await feed.newest();
    const following = feed.follow(0, never);
    expect(titles(await take(following, 2))).toEqual(["a 1", "a 2"]);
    feed.replaced({ revision: 9, hash: "b" });
    await expect(following.next()).rejects.toMatchObject(another(9));
  });

  it("begins again, with the other bank's commits and nodes alone", async () => {
    const { store, replace } = replaceable(await aBank("a", 3));
    const feed = new CommitFeed(store);
    await feed.newest();
    const [first] = await take(feed.follow(0, never), 3);
    expect(await feed.isAbout(first!, new Set([id("Concept:a")]))).toBe(true);
    replace(await aBank("b", 4));
    await feed.look();
    const heads = await take(feed.follow(0, never), 4);
    expect(titles(heads)).toEqual(["b 1", "b 2", "b 3", "b 4"]);
    expect(await feed.isAbout(heads[0]!, new Set([id("Concept:a")]))).toBe(false);
    expect(await feed.isAbout(heads[0]!, new Set([id("Concept:b")]))).toBe(true);
  });

  it("hands on nothing that was still being read of the bank before", async () => {
    const first = await aBank("a", 3);
    const { store, replace } = replaceable(first);
    const heads = await first.log({ first: 9 });
    const log = jest.spyOn(first, "log");
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    log.mockReturnValueOnce(held.then(() => heads));
    const feed = new CommitFeed(store);
    await feed.newest();
    const before = feed.follow(0, never).next();
    while (log.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
    replace(await aBank("b", 2));
    await feed.look();
    release();
    await expect(before).rejects.toMatchObject(another(2));
    expect(titles(await take(feed.follow(0, never), 2))).toEqual(["b 1", "b 2"]);
  });

  it("is not taken for another one because it has grown, or was empty", async () => {
    const store = createMemoryStore();
    const feed = new CommitFeed(store);
    await feed.look();
    const following = feed.follow(0, never);
    await lengthen(store, "a", 2);
    await feed.look();
    expect(titles(await take(following, 2))).toEqual(["a 1", "a 2"]);
    await lengthen(store, "a", 1);
    await feed.look();
    await feed.look();
    expect(titles(await take(following, 1))).toEqual(["a 3"]);
  });
});

describe("a feed of commits", () => {
  it("reads the newest 1,000 entries once for all who follow, and older ones for each", async () => {
    const { store, log, add } = await aLongLog(1_100);
    const feed = new CommitFeed(store);
    await feed.newest();
    const readsOf = async (after: number, count: number): Promise<number> => {
      log.mockClear();
      const heads = await take(feed.follow(after, never), count);
      expect(heads.map(({ revision }) => revision)).toEqual(numbers(after + 1, after + count));
      return log.mock.calls.length;
    };
    expect(feedWindow).toBe(1_000);
    expect(await readsOf(100, 1_000)).toBe(4);
    expect(await readsOf(100, 1_000)).toBe(0);
    expect(await readsOf(99, 10)).toBe(1);

    add(400);
    await feed.newest();
    expect(await readsOf(500, 1_000)).toBe(2);
    expect(await readsOf(500, 1_000)).toBe(0);
    // What went out of the window as these came in.
    expect(await readsOf(499, 10)).toBe(1);
  });

  it("reads the log once for all who ask at the same time, and hands each all of it", async () => {
    const { store, log } = await aLongLog(300);
    const feed = new CommitFeed(store);
    await feed.newest();
    const all = await Promise.all(numbers(1, 20).map(() => take(feed.follow(0, never), 300)));
    for (const heads of all) expect(heads.map(({ revision }) => revision)).toEqual(numbers(1, 300));
    expect(log).toHaveBeenCalledTimes(2);
  });

  it("hands on one entry in a turn of the event loop, however many follow", async () => {
    const feed = new CommitFeed((await aLongLog(60)).store);
    await feed.newest();
    let turn = 0;
    const count = () => {
      turn += 1;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    const handed: number[] = [];
    await Promise.all(
      numbers(1, 5).map(async () => {
        const following = feed.follow(0, never);
        for (let taken = 0; taken < 60; taken++) {
          await following.next();
          handed.push(turn);
        }
      }),
    );
    clearImmediate(counting);
    expect(handed).toHaveLength(300);
    expect(new Set(handed).size).toBe(300);
  });

  it("ends with its signal, for who waits and who does not, and is awaited by nobody then", async () => {
    const feed = new CommitFeed(await aBank("a", 3));
    await feed.newest();
    const end = new AbortController();
    const [waits, reads] = [feed.follow(3, end.signal), feed.follow(0, end.signal)];
    await take(reads, 1);
    const next = waits.next();
    await feed.look();
    expect(feed.isAwaited).toBe(true);
    end.abort();
    expect(await next).toBeNull();
    expect(await reads.next()).toBeNull();
    expect(feed.isAwaited).toBe(false);
  });

  it("tells of a log that is shorter than its head, and goes on when there is news", async () => {
    const store = await aBank("a", 2);
    const feed = new CommitFeed(store);
    feed.noticed({ revision: 3, hash: "not there yet" });
    const following = feed.follow(2, never);
    await expect(following.next()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    await lengthen(store, "a", 2);
    feed.noticed(await store.head());
    expect(titles(await take(following, 2))).toEqual(["a 3", "a 4"]);
  });
});

describe("what a commit of a feed is about", () => {
  async function aLinkedBank() {
    const store = createMemoryStore();
    await commit(store, [aQuestion({ slug: "q" }), aConcept({ slug: "a" }), aConcept({ slug: "b" })]);
    await commit(store, [aLink("ABOUT", "Question:q", "Concept:a")]);
    const feed = new CommitFeed(store);
    const [first, second] = (await store.log({ first: 2 })) as [CommitHead, CommitHead];
    const about = (head: CommitHead, ...ids: string[]) => feed.isAbout(head, new Set(ids.map(id)));
    const parts = jest.spyOn(store, "parts");
    /** How often a commit was read from its start. */
    const readings = () => parts.mock.calls.filter(([{ from }]) => from === 0).length;
    return { first, second, about, parts, readings };
  }

  it("is its nodes and both ends of its links, read once for all who ask", async () => {
    const { second, about, readings } = await aLinkedBank();
    const answers = [about(second, "Concept:b"), about(second, "Concept:b", "Concept:a"), about(second, "Question:q")];
    expect(await Promise.all(answers)).toEqual([false, true, true]);
    expect(await about(second)).toBe(false);
    expect(readings()).toBe(1);
  });

  it("is kept for at most 50,000 nodes, the one that was read first goes first", async () => {
    const { first, second, about, readings } = await aLinkedBank();
    const large = (head: CommitHead): CommitHead => ({ ...head, nodeCount: 25_000 });
    await about(large(first), "Concept:a");
    await about(large(second), "Concept:a");
    await about(large(first), "Concept:b");
    expect(readings()).toBe(2);
    await about({ ...first, revision: 3, nodeCount: 1 }, "Concept:a");
    expect(readings()).toBe(3);
    await about(large(second), "Concept:b");
    expect(readings()).toBe(3);
    expect(await about(first, "Concept:b")).toBe(true);
    expect(readings()).toBe(4);
  });

  it("is read again after it could not be read", async () => {
    const { first, about, parts } = await aLinkedBank();
    parts.mockRejectedValueOnce(new Error("gone"));
    await expect(about(first, "Concept:a")).rejects.toThrow("gone");
    expect(await about(first, "Concept:a")).toBe(true);
  });
});
