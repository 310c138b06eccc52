import type { GraphStore } from "../../../src/domain/graph/port";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { ModelFollower } from "../../../src/store/memory/model-follower";
import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";

const index = () => ({ put: () => undefined, apply: () => undefined });

it("who asks while a pull is under way gets what is committed by then, and not what that pull has read before", async () => {
  const store = createMemoryStore();
  await commit(store, [aConcept({ slug: "a" })]);
  let goOn = (): void => undefined;
  let held: Promise<void> | null = null;
  const slow = Object.assign(Object.create(store) as GraphStore, {
    reader: () => {
      const reader = store.reader();
      return Object.assign(Object.create(reader) as typeof reader, {
        revision: async () => {
          const head = await reader.revision();
          await held;
          return head;
        },
      });
    },
  });
  const follower = new ModelFollower(slow, index);
  await follower.caughtUp();

  held = new Promise((resolve) => (goOn = resolve));
  const first = follower.caughtUp();
  // The pull has read the head, and is held; only then comes the commit.
  await new Promise((resolve) => setImmediate(resolve));
  await commit(store, [aConcept({ slug: "b" })]);
  const second = follower.caughtUp();
  goOn();
  expect((await first).model.revision).toBe(1);
  expect((await second).model.revision).toBe(2);
});
