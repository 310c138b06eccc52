import type { NodeId } from "../../ids";
import type { BankView } from "../bank-view";
import type { Rule } from "../finding";

const hops = 2;
const minReached = 5;

export const questionReach: Rule = {
  code: "question-reach",
  severity: "warning",
  structural: false,
  description: "From each question, 5 others are within two hops of follow-ups and related questions.",
  evaluate: (bank) =>
    bank.ofKind("Question").flatMap(({ id }) => {
      const reached = questionsWithin(bank, id);
      if (reached >= minReached) return [];
      const message = `Only ${reached} other questions are within ${hops} hops of follow-ups and related ones.`;
      return [{ node: id, path: ["followUps"], message, hint: "Add follow-ups or related questions." }];
    }),
};

/** How many other questions can be reached in two hops. */
export function questionsWithin(bank: BankView, start: NodeId): number {
  const reached = new Set([start]);
  let edge = [start];
  for (let hop = 0; hop < hops; hop++) {
    const next = edge.flatMap((id) => [...bank.links(id, "Question.followUps"), ...bank.links(id, "Question.related")]);
    edge = next.map(({ other }) => other).filter((id) => !reached.has(id) && reached.add(id));
  }
  return reached.size - 1;
}
