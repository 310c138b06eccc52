import type { GraphStore } from "../../../src/domain/graph/port";
import { commit } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import { richBank } from "../../contract/rich-bank";

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const difficulties = ["EASY", "MEDIUM", "HARD"] as const;

/** A bank with every relation, and questions and concepts enough for scans to cost more than seeks. */
export async function loadBank(store: GraphStore): Promise<void> {
  await commit(store, richBank);
  const concepts = times(400, (i) => aConcept({ slug: `more-${i}`, title: `Concept ${(i * 7) % 400}` }));
  const questions = times(1_500, (i) =>
    aQuestion({
      slug: `more-${i}`,
      title: `Question ${(i * 11) % 1_500}`,
      difficulty: difficulties[i % 3],
      estimatedMinutes: i % 4 ? 5 + (i % 50) : undefined,
      practicedCount: i % 9 ? undefined : i,
    }),
  );
  await commit(store, [...concepts, ...questions]);
  await commit(
    store,
    times(1_500, (i) => [
      aLink("ABOUT", `Question:more-${i}`, `Concept:more-${i % 400}`),
      aLink("ASKED_OF", `Question:more-${i}`, `Role:r${i % 3}`),
      aLink("COVERS", "Topic:k3", `Question:more-${i}`, {}, i),
    ]),
  );
  await store.settle();
}
