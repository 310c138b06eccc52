import type { NodeState } from "../../changes/change-set";
import { headingsIn } from "../../prose";
import type { BankView } from "../bank-view";
import type { Breach, Rule } from "../finding";
import { type CountRange, isWithin, rangeText } from "./usual-count";

const taught: CountRange = [1, 3];
const hints: CountRange = [0, 3];
const neededLevels = ["CONCISE", "FULL"] as const;

export const questionParts: Rule = {
  code: "question-parts",
  severity: "warning",
  structural: false,
  description:
    "A question teaches 1 to 3 of its concepts, has at most 3 hints, a time and bridges, and is answered concisely and in full.",
  evaluate: (bank) => bank.ofKind("Question").flatMap((question) => [...faults(bank, question)]),
};

function* faults(bank: BankView, { id, fields }: NodeState): Iterable<Breach> {
  const teaches = bank
    .links(id, "Question.concepts")
    .filter(({ edge }) => edge.properties["emphasis"] === "TEACHES").length;
  if (!isWithin(teaches, taught)) {
    const message = `The question teaches ${teaches} concepts; usual are ${rangeText(taught)}.`;
    yield { node: id, path: ["concepts"], message, hint: "Say TEACHES where the answer explains it, else ASSUMES." };
  }
  const given = ((fields["hints"] ?? []) as readonly string[]).length;
  if (!isWithin(given, hints)) {
    const message = `The question has ${given} hints; usual are ${rangeText(hints)}.`;
    yield { node: id, path: ["hints"], message, hint: "Keep the mildest ones." };
  }
  if (fields["estimatedMinutes"] === undefined) {
    const message = "The question does not say how many minutes it takes.";
    yield { node: id, path: [], message, hint: "Add estimatedMinutes." };
  }
  for (const { other, edge } of bank.links(id, "Question.followUps")) {
    if (edge.properties["ask"] !== undefined) continue;
    const message = "The follow-up has no bridge.";
    yield { node: id, path: ["followUps", other], message, hint: "Add ask: what the interviewer says to get there." };
  }
  const levels = bank.links(id, "Question.answers").map(({ other }) => bank.nodes.get(other)?.fields["level"]);
  for (const level of neededLevels) {
    if (levels.includes(level)) continue;
    yield { node: id, path: ["answers"], message: `The question has no ${level} answer.`, hint: "Write one." };
  }
}

/** Optional in the ontology, since a store need not know them. */
const wanted = { license: "an SPDX identifier, or Proprietary", homepage: "the project's own page" } as const;

export const toolParts: Rule = {
  code: "tool-parts",
  severity: "warning",
  structural: false,
  description: "A tool says its license and its homepage.",
  evaluate: (bank) =>
    bank.ofKind("Tool").flatMap(({ id, slug, fields }) =>
      Object.entries(wanted).flatMap(([field, what]) => {
        if (fields[field] !== undefined) return [];
        return [{ node: id, path: [], message: `Tool ${slug} has no ${field}.`, hint: `Add ${field}: ${what}.` }];
      }),
    ),
};

export const answerParts: Rule = {
  code: "answer-parts",
  severity: "warning",
  structural: false,
  description: "A concise or full answer meets criteria, and one with headings says under which.",
  evaluate: (bank) =>
    bank
      .ofKind("ModelAnswer")
      .filter(({ fields }) => fields["level"] !== "EXPERT")
      .flatMap((answer) => breachesOf(bank, answer)),
};

function breachesOf(bank: BankView, { id, texts }: NodeState): Breach[] {
  const met = bank.links(id, "ModelAnswer.meets");
  if (met.length === 0)
    return [{ node: id, path: [], message: "The answer meets no criterion.", hint: "List what it meets under meets." }];
  if (headingsIn(bank.prose(texts["body"] ?? "")).length === 0) return [];
  return met
    .filter(({ edge }) => edge.properties["where"] === undefined)
    .map(({ other }) => ({
      node: id,
      path: ["meets", other],
      message: "The answer has headings, but does not say under which it meets this criterion.",
      hint: "Add where: with the heading.",
    }));
}
