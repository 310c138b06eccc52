import type { CoverageCell } from "../../domain/coverage/coverage-cells";
import { nodeKinds } from "../../domain/ontology/node-kinds";
import type { RuleFinding } from "../../domain/rules/finding";
import { allRules } from "../../domain/rules/run-rules";
import { declareField, declareObject } from "../declare";
import type { LintPage } from "../lint-of-view";
import { pageInfo } from "./connection-types";
import { namedEnum } from "./enum-types";
import { typeOf } from "./field-types";
import { Node, nodeTypes } from "./node-types";
import { NonNegativeInt } from "./scalars";

export const severities = namedEnum(
  "LintSeverity",
  { ERROR: "error", WARNING: "warning", NOTE: "note" },
  {
    ERROR: "What is wrong in any bank; some errors are such that no store accepts them.",
    WARNING: "What a bank that is finished and edited does not have.",
    NOTE: "What need not be mended now, such as figures that have grown old.",
  },
  "How much a finding matters to those who look after the bank.",
);

const finding = declareObject(
  "LintFinding",
  "One breach of a rule: where it is, what is wrong, and what would mend it.",
);
declareField<RuleFinding>(finding, "rule", {
  type: () => String,
  description: "The rule's code, by which fulcrum lint calls it too, such as near-duplicate.",
});
declareField<RuleFinding>(finding, "about", {
  type: () => String,
  description: "What the rule asks of a bank, in one sentence; the same for all of its findings.",
  resolve: ({ rule }) => allRules.find(({ code }) => code === rule)?.description ?? rule,
});
declareField<RuleFinding>(finding, "severity", {
  type: () => severities,
  description: "How much it matters; a rule has one severity for all that it finds.",
});
declareField<RuleFinding>(finding, "node", {
  type: () => Node,
  nullable: true,
  description: "The node in whose file the fault would stand; null if no single node is at fault.",
  resolve: ({ node }, _args, { links }) => links.node(node),
});
declareField<RuleFinding>(finding, "path", {
  type: () => [String],
  description: "From the node: a field or relation; then an index, or the ID of a link's other end; then its property.",
  resolve: ({ path }) => path.map(String),
});
declareField<RuleFinding>(finding, "line", {
  type: () => NonNegativeInt,
  nullable: true,
  description: "The line within the text at the path, from 1; null where it is not about a place in a text.",
});
declareField<RuleFinding>(finding, "message", {
  type: () => String,
  description: "What is wrong here, in one sentence that names the thing and the value.",
});
declareField<RuleFinding>(finding, "hint", {
  type: () => String,
  nullable: true,
  description: "What would mend it, or what may have been meant; null where that goes without saying.",
});

const counts = declareObject("LintCounts", "How many findings there are of each severity, over all pages.");
for (const [name, severity] of [
  ["errors", "error"],
  ["warnings", "warning"],
  ["notes", "note"],
] as const)
  declareField<LintPage>(counts, name, {
    type: () => NonNegativeInt,
    description: `How many findings of severity ${severity.toUpperCase()} the arguments let through.`,
    resolve: ({ all }) => all.filter((each) => each.severity === severity).length,
  });

export const lintReport = declareObject("LintReport", "What lint finds in the graph of a request, a page at a time.");
declareField<LintPage>(lintReport, "findings", {
  type: () => [finding],
  description: "The page's findings, by the ID of their node, then by path and rule.",
  resolve: ({ all, start, end }) => all.slice(start, end),
});
declareField<LintPage>(lintReport, "counts", {
  type: () => counts,
  description: "How many findings there are in all, by severity; a bank is sound without errors.",
  resolve: (page) => page,
  cost: { own: 0 },
});
declareField<LintPage>(lintReport, "pageInfo", {
  type: () => pageInfo,
  description: "Whether more findings follow, and the cursor from which to go on.",
  resolve: ({ all, start, end, cursor }) => ({
    hasNextPage: end < all.length,
    hasPreviousPage: start > 0,
    startCursor: start < end ? cursor(start) : null,
    endCursor: start < end ? cursor(end - 1) : null,
  }),
  cost: { own: 0 },
});

export const coverageCell = declareObject(
  "CoverageCell",
  "A sub-topic, role and difficulty, with how many questions the bank has for them.",
);
for (const [name, kind] of [
  ["subTopic", "Topic"],
  ["role", "Role"],
] as const)
  declareField<CoverageCell>(coverageCell, name, {
    type: () => nodeTypes[kind],
    description: kind === "Topic" ? "What the questions that are counted cover." : "Whom those questions are asked of.",
    resolve: (cell, _args, { links }) => links.node(cell[name]),
  });
const { difficulty } = nodeKinds.Question.fields;
declareField<CoverageCell>(coverageCell, "difficulty", {
  type: typeOf(difficulty.type, difficulty.description),
  description: "How hard the questions that are counted are for their roles.",
});
declareField<CoverageCell>(coverageCell, "questions", {
  type: () => NonNegativeInt,
  description: "How many there are of that sub-topic, role and difficulty; zero where the bank has a hole.",
});
