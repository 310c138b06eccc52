import type { RecommendationContext } from "../../../src/domain/recommendation/recommendation";
import { recommend, similar, whyNot } from "../../../src/domain/recommendation/recommend";
import { WordIndex } from "../../../src/domain/recommendation/word-index";
import { followed } from "../../builders/followed";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { atOnce } from "../../builders/at-once";
import { type Changes, commit, id } from "../../builders/changes";

/** A bank, with what recommends over it. */
export async function aBank(changes: Changes) {
  const store = createMemoryStore();
  await commit(store, changes);
  const words = new WordIndex();
  const view = await followed(store, words);
  const full = (context: Partial<RecommendationContext>): RecommendationContext => ({ seen: new Set(), ...context });
  return {
    view,
    words,
    recommend: (context: Partial<RecommendationContext>, first = 10) =>
      atOnce(recommend(view, words, full(context), first)),
    similar: (question: string, first = 10) => atOnce(similar(view, words, id(question), first)),
    whyNot: (question: string, context: Partial<RecommendationContext>, first = 10) =>
      atOnce(whyNot(view, words, id(question), full(context), first)),
  };
}

export const ids = (...texts: string[]) => new Set(texts.map(id));
