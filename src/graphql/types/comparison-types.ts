import type { Link } from "../../domain/graph/node";
import type { FieldType } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { relations } from "../../domain/ontology/relations";
import { type ClassType, declareField, declareObject, type FieldSpec, Float, Int } from "../declare";
import { linkSource } from "../links";
import { typeOf } from "./field-types";
import { linkShapeOf } from "./link-shapes";
import { linkType } from "./link-types";
import { Node, nodeTypeOf } from "./node-types";
import { NonNegativeInt, PartialDate } from "./scalars";

const typical = { options: 3, qualities: 5, answers: 2, criteria: 6, conditions: 4, rows: 20, few: 2 } as const;

/** The source's property of the field's name, one node of the kind. */
const one = (kind: NodeKind, description: string): FieldSpec => ({
  type: () => nodeTypeOf([kind]),
  description,
  cost: { own: 0 },
});
const many = (type: () => ClassType, times: number, description: string): FieldSpec => ({
  type: () => [type()],
  description,
  cost: { times },
});
const several = (kind: NodeKind, times: number, description: string): FieldSpec =>
  many(() => nodeTypeOf([kind]), times, description);
const flag = (description: string): FieldSpec => ({ type: () => Boolean, description });
const day = (description: string): FieldSpec => ({ type: () => PartialDate, description });
const on = day("The day as of which figures are called stale, as asked for or else today's in UTC.");

function declare(name: string, description: string, fields: Readonly<Record<string, FieldSpec>>): ClassType {
  const type = declareObject(name, description);
  for (const [field, spec] of Object.entries(fields)) declareField(type, field, spec);
  return type;
}

const staleFigure = declare("StaleFigure", "A figure whose time was over on the day, with what says so.", {
  measurement: one("Measurement", "The figure; its benchmark says for how long figures stay fresh."),
  datedBy: {
    type: () => Node,
    description: "What bears the date: the benchmark, or without a date of its own the source, by the day it was read.",
    cost: { own: 0 },
  },
  date: day("The date from which the benchmark's time counts, as precisely as it is known."),
  freshUntil: day("The last day on which the figure was fresh."),
});
const stale = many(() => staleFigure, 1, "Figures that this rests on and whose time is over; none if all are fresh.");

const cell = declare(
  "ComparedCell",
  "What one option of a trade-off is said to be worth on one quality, and on what grounds.",
  {
    quality: one("Quality", "The quality that this cell is about; cells come in the trade-off's order."),
    assessments: several(
      "Assessment",
      1,
      "The assessment that holds, or none; where no regime was asked for, one for each regime that is assessed on its own.",
    ),
    measured: flag("Whether each cites a figure of the option and one of a rival, of one benchmark and metric."),
    stale,
  },
);

const comparedOption = declare("ComparedOption", "One option of a trade-off with its cells: a row of the comparison.", {
  option: one("Option", "The option that is assessed in this row."),
  cells: many(() => cell, typical.qualities, "One for each quality of the trade-off, in its order."),
});
const dominance = declare(
  "OptionDominance",
  "An option that another one beats somewhere and, as far as is known, loses to nowhere.",
  {
    option: one("Option", "The option that there is no reason to choose."),
    by: one("Option", "The one that is better somewhere, and worse nowhere."),
    worseOn: several("Quality", typical.few, "Qualities on which the first option is rated lower."),
    unknownOn: several(
      "Quality",
      typical.few,
      "Qualities on which a rating is unknown, so that it could be otherwise; none if it is certain.",
    ),
  },
);

const conflict = declare("RatingConflict", "Two options that are rated one way and measured the other way round.", {
  quality: one("Quality", "The quality on which ratings and figures disagree."),
  rated: one("Option", "The option that is rated higher, and measured worse."),
  measured: one("Option", "The option that is rated lower, and measured better."),
  figures: several(
    "Measurement",
    typical.few,
    "Figures of one benchmark and metric; each of the one option is behind each of the other.",
  ),
});
const comparedFlip = declare(
  "ComparedFlip",
  "A point at which the better option changes, with what its figures show.",
  {
    flipCondition: one("FlipCondition", "The condition, which says what is better on either side."),
    shown: flag("Whether figures from both sides show the order of its two options reversing."),
    stale,
  },
);

const regime = typeOf(
  (nodeKinds.TradeOff.fields.regimes.type as FieldType & { readonly is: "list" }).of,
  "A range of conditions in which the ratings differ from those elsewhere.",
);

export const optionComparison = declare(
  "OptionComparison",
  "A trade-off as a table of its options and qualities, with what follows from it.",
  {
    tradeOff: one("TradeOff", "The decision whose options are compared."),
    regime: {
      type: regime,
      nullable: true,
      description: "The regime asked for; null where all of them are compared together.",
    },
    on,
    qualities: several("Quality", typical.qualities, "The columns of the table, most decisive first."),
    options: many(() => comparedOption, typical.options, "The rows of the table, in the author's order."),
    dominated: many(
      () => dominance,
      typical.few,
      "Options that another one dominates in every regime that is compared.",
    ),
    conflicts: many(() => conflict, 1, "Where cited figures contradict the order of the ratings."),
    flips: many(() => comparedFlip, typical.few, "Where the better option changes."),
  },
);

const metCriterion = linkType(["Criterion"], linkShapeOf(relations["ModelAnswer.meets"]));
const comparedAnswer = declare("ComparedAnswer", "Which criteria one model answer meets. It gives the answer away.", {
  answer: one("ModelAnswer", "The model answer that is judged."),
  weight: { type: () => Int, description: "The weights of the criteria that it meets, added up." },
  meets: {
    ...many(() => metCriterion, typical.criteria, "Criteria that it meets, each with the heading under which it does."),
    resolve: ({ meets }: { readonly meets: readonly Link[] }) => meets.map(linkSource),
  },
  misses: several("Criterion", typical.few, "Criteria of the question that it does not meet."),
  stale,
});
export const answerComparison = declare(
  "AnswerComparison",
  "The model answers of a question against its criteria. All of it gives answers away: show it after an attempt.",
  {
    question: one("Question", "The question that the answers are to."),
    on,
    criteria: several("Criterion", typical.criteria, "What answers are judged by, in the question's order."),
    totalWeight: {
      type: () => Int,
      description: "The weights of all criteria added up, which an answer can reach at most.",
    },
    answers: many(() => comparedAnswer, typical.answers, "Each model answer with what it meets and misses."),
  },
);

const condition = declare(
  "Condition",
  "Something that figures were measured under, such as the hardware or a batch size.",
  {
    name: {
      type: () => String,
      description: "Either dataset, hardware or software, or one of the figure's params, as params.batch.",
    },
    value: {
      type: () => String,
      nullable: true,
      description: "What is stated of it; null where the source does not say.",
    },
  },
);

const row = declare("EvidenceRow", "One figure in the table's unit, with what sets it apart from the other rows.", {
  measurement: one("Measurement", "The figure as it was published; its own unit may be another."),
  value: { type: () => Float, description: "The figure converted to the unit of the table." },
  subjects: many(() => Node as ClassType, 1, "The concepts and tools that it is a figure of, of those asked for."),
  conditions: many(
    () => condition,
    typical.conditions,
    "Conditions that are not the same in all rows; every row lists the same names.",
  ),
  stale: { type: () => staleFigure, nullable: true, description: "Why its time is over; null while it is fresh." },
});
export const evidenceTableType = declare("EvidenceTable", "Figures of one metric side by side, in one unit.", {
  metric: one("Metric", "What was measured; its direction says which end of the table is the good one."),
  unit: {
    type: () => String,
    description: "The unit of all values of the table: the one asked for, or the most frequent.",
  },
  on,
  rows: many(() => row, typical.rows, "The figures, the best first."),
  totalCount: { type: () => NonNegativeInt, description: "How many figures there are, whether listed or not." },
  common: many(() => condition, typical.conditions, "Conditions that are stated alike for all rows."),
  refused: several("Measurement", 1, "Figures in units of another quantity, which cannot stand beside the others."),
});
