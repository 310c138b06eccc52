import { compareAnswers } from "../../domain/comparison/compare-answers";
import { compareOptions } from "../../domain/comparison/compare-options";
import { evidenceTable } from "../../domain/comparison/evidence-table";
import { readDay } from "../../domain/comparison/stale-figures";
import { currentDay } from "../../domain/current-day";
import { idForms } from "../arguments/id-argument";
import { namedNode, namedNodes } from "../arguments/named-node";
import { defaultPageSize, isGiven, readPageSize } from "../arguments/page-size";
import { type ArgumentSpec, declareQuery, ID, Int } from "../declare";
import { typicalWalk } from "../limits/meter";
import { whenReady } from "../promise-or-value";
import { answerComparison, evidenceTableType, optionComparison } from "../types/comparison-types";
import { PartialDate } from "../types/scalars";

interface DayArgument {
  readonly on?: string | null;
}

const on: ArgumentSpec = {
  type: () => PartialDate,
  description: "The day as of which figures are called stale, as YYYY-MM-DD; today in UTC unless given.",
};

const dayOf = ({ on: given }: DayArgument): string => (isGiven(given) ? readDay(given) : currentDay());

/** Things side by side. */
export class ComparisonQueries {}

interface OptionArguments extends DayArgument {
  readonly tradeOff: string;
  readonly regime?: string | null;
}

declareQuery(ComparisonQueries, "compareOptions", {
  type: () => optionComparison,
  nullable: true,
  description: "The options of a trade-off on each quality, with grounds, contradictions and what dominates what.",
  args: {
    tradeOff: { type: () => ID, required: true, description: `The decision to look at. ${idForms}` },
    regime: {
      type: () => String,
      description: "The slug of one of the trade-off's regimes; all of them together unless given.",
    },
    on,
  },
  cost: { own: 1, base: typicalWalk },
  resolve: (_root, { tradeOff, regime, ...rest }: OptionArguments, context) =>
    whenReady(context.snapshot(), ({ view }) =>
      compareOptions(view, namedNode(view, tradeOff, ["TradeOff"]), {
        ...(isGiven(regime) && { regime }),
        on: dayOf(rest),
      }),
    ),
});

declareQuery(ComparisonQueries, "compareAnswers", {
  type: () => answerComparison,
  nullable: true,
  description: "Which criteria each model answer of a question meets. It gives the answers away.",
  args: { question: { type: () => ID, required: true, description: `Whose answers to compare. ${idForms}` }, on },
  cost: { own: 1, base: typicalWalk },
  resolve: (_root, { question, ...rest }: DayArgument & { question: string }, context) =>
    whenReady(context.snapshot(), ({ view }) =>
      compareAnswers(view, namedNode(view, question, ["Question"]), dayOf(rest)),
    ),
});

interface EvidenceArguments extends DayArgument {
  readonly metric: string;
  readonly subjects?: readonly string[] | null;
  readonly unit?: string | null;
  readonly first: number;
}

declareQuery(ComparisonQueries, "evidence", {
  type: () => evidenceTableType,
  nullable: true,
  description:
    "Figures of one metric from all benchmarks side by side, in one unit, with what differs in their conditions.",
  args: {
    metric: { type: () => ID, required: true, description: `What was measured. ${idForms}` },
    subjects: {
      type: () => [ID],
      description: `Tools and concepts whose figures are wanted; those of all unless given. ${idForms}`,
    },
    unit: {
      type: () => String,
      description: "The unit to show all figures in, of the metric's quantity; the most frequent one unless given.",
    },
    on,
    first: {
      type: () => Int,
      defaultValue: defaultPageSize,
      description: "How many figures at most, the best first; from 1 to 100.",
    },
  },
  cost: { own: 1, base: typicalWalk },
  resolve: (_root, { metric, subjects, unit, first, ...rest }: EvidenceArguments, context) =>
    whenReady(context.snapshot(), ({ view }) => {
      const table = evidenceTable(view, namedNode(view, metric, ["Metric"]), {
        ...(isGiven(subjects) && { subjects: namedNodes(view, subjects, ["Concept", "Tool"]) }),
        ...(isGiven(unit) && { unit }),
        on: dayOf(rest),
        first: readPageSize("first", first),
      });
      // Each row has a value for each condition of all rows.
      context.report.meter.lookUps(table.rows.reduce((sum, { conditions }) => sum + conditions.length, 0));
      return table;
    }),
});
