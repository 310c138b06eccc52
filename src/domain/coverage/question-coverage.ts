import type { NodeState } from "../changes/change-set";
import type { RelationName } from "../ontology/relations";
import type { BankView } from "../rules/bank-view";
import { questionsWithin } from "../rules/editorial/question-reach";
import { atLeast, type CoverageRow, type CoverageTable } from "./coverage-table";

const formats: Readonly<Record<string, number>> = { TECHNICAL: 180, SYSTEM_DESIGN: 60, CODING: 25, BEHAVIORAL: 15 };
const difficulties: Readonly<Record<string, number>> = { EASY: 60, MEDIUM: 140, HARD: 70 };
const perSubtopic = 12;
const perRole = 40;

export const questionTables = (bank: BankView): CoverageTable[] => {
  const questions = bank.ofKind("Question");
  return [
    { title: "Questions", rows: questionRows(bank, questions) },
    { title: "Questions by format", rows: rowsByValue(questions, "format", formats) },
    { title: "Questions by difficulty", rows: rowsByValue(questions, "difficulty", difficulties) },
    {
      title: "Questions by role",
      rows: bank.ofKind("Role").map((role) => linkedRow(bank, role, "Role.questions", perRole)),
    },
    { title: "Questions by sub-topic", rows: subtopicRows(bank) },
  ];
};

function questionRows(bank: BankView, questions: readonly NodeState[]): CoverageRow[] {
  const isConditional = ({ id }: NodeState) =>
    bank.links(id, "Question.followUps").some(({ edge }) => edge.properties["when"] !== "ALWAYS");
  return [
    { what: "Questions", is: questions.length, wanted: atLeast(300) },
    {
      what: "…whose answers cite measurements or sources",
      is: questions.filter((each) => isCited(bank, each)).length,
      wanted: atLeast(200),
    },
    {
      what: "…with a follow-up for a missing or met criterion",
      is: questions.filter(isConditional).length,
      wanted: atLeast(Math.ceil(questions.length / 2)),
    },
    {
      what: "…from which 5 others are within two hops",
      is: questions.filter(({ id }) => questionsWithin(bank, id) >= 5).length,
      wanted: atLeast(questions.length),
    },
    {
      what: "…in 1 to 3 sub-topics",
      is: questions.filter(({ id }) => [1, 2, 3].includes(bank.links(id, "Question.topics").length)).length,
      wanted: atLeast(questions.length),
    },
  ];
}

/** Whether some answer cites a measurement, beside its text or in it, or a source. */
const isCited = (bank: BankView, { id }: NodeState): boolean =>
  bank.links(id, "Question.answers").some(({ other }) => {
    const cited = [...bank.links(other, "ModelAnswer.evidence"), ...bank.links(other, "ModelAnswer.sources")];
    const body = bank.nodes.get(other)?.texts["body"] ?? "";
    return cited.length > 0 || bank.prose(body).links.some(({ scheme }) => scheme === "measurement");
  });

const rowsByValue = (
  questions: readonly NodeState[],
  field: "format" | "difficulty",
  wanted: Readonly<Record<string, number>>,
): CoverageRow[] =>
  Object.entries(wanted).map(([value, count]) => ({
    what: value,
    is: questions.filter(({ fields }) => fields[field] === value).length,
    wanted: atLeast(count),
  }));

const linkedRow = (bank: BankView, { id, fields }: NodeState, relation: RelationName, count: number): CoverageRow => ({
  what: fields["title"] as string,
  is: bank.links(id, relation).length,
  wanted: atLeast(count),
});

function subtopicRows(bank: BankView): CoverageRow[] {
  const topics = subtopics(bank);
  const rows = topics.map((topic) => linkedRow(bank, topic, "Topic.questions", perSubtopic));
  return [{ what: "Sub-topics", is: topics.length, wanted: atLeast(21) }, ...rows];
}

/** The topics below another one, in the order of their parents. */
const subtopics = (bank: BankView): NodeState[] =>
  bank
    .ofKind("Topic")
    .flatMap(({ id }) => bank.links(id, "Topic.subtopics").flatMap(({ other }) => bank.nodes.get(other) ?? []));
