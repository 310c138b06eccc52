import { CommitFeed } from "../../src/domain/graph/commit-feed";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { watchHead } from "../../src/app";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { replaceable } from "../builders/replaceable";

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A feed of a bank with one commit, watched every millisecond. */
async function watched() {
  const first = createMemoryStore();
  await commit(first, [aConcept({ slug: "a" })]);
  const { store, replace } = replaceable(first);
  const feed = new CommitFeed(store);
  await feed.newest();
  const look = jest.spyOn(feed, "look");
  const stop = new AbortController();
  const failures: unknown[] = [];
  const watching = watchHead(feed, 1, stop.signal, (error) => failures.push(error));
  const stopWatching = async () => {
    stop.abort();
    await watching;
  };
  return { first, replace, feed, look, failures, next: feed.follow(1, new AbortController().signal), stopWatching };
}

describe("the head of a store that no model follows", () => {
  it("is looked at while somebody waits for commits, who gets them", async () => {
    const { first, next, stopWatching } = await watched();
    const coming = next.next();
    await commit(first, [aConcept({ slug: "b" })]);
    expect(await coming).toMatchObject({ revision: 2 });
    await stopWatching();
  });

  it("ends what is followed once another bank is there", async () => {
    const { replace, next, stopWatching } = await watched();
    const coming = next.next();
    const other = createMemoryStore();
    await commit(other, [aConcept({ slug: "another" })]);
    replace(other);
    await expect(coming).rejects.toMatchObject({ code: "CONFLICT" });
    await stopWatching();
  });

  it("is not looked at while nobody waits", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate"] });
    try {
      const { look, next, feed, stopWatching } = await watched();
      for (let passed = 0; passed < 20; passed++) {
        await jest.advanceTimersByTimeAsync(1);
        await turn();
      }
      expect(look).not.toHaveBeenCalled();
      void next.next().catch(() => undefined);
      while (!feed.isAwaited) await turn();
      while (look.mock.calls.length === 0) await jest.advanceTimersByTimeAsync(1);
      await stopWatching();
    } finally {
      jest.useRealTimers();
    }
  });

  it("is looked at again after the store has failed, which is told", async () => {
    const { first, failures, next, stopWatching } = await watched();
    jest.spyOn(first, "head").mockRejectedValueOnce(new Error("gone"));
    const coming = next.next();
    await commit(first, [aConcept({ slug: "b" })]);
    expect(await coming).toMatchObject({ revision: 2 });
    expect(failures).toEqual([new Error("gone")]);
    await stopWatching();
  });

  it("is looked at no more once the signal has fired", async () => {
    const { look, next, stopWatching } = await watched();
    void next.next();
    while (look.mock.calls.length === 0) await turn();
    await stopWatching();
    const looks = look.mock.calls.length;
    for (let turns = 0; turns < 20; turns++) await turn();
    expect(look).toHaveBeenCalledTimes(looks);
  });
});
