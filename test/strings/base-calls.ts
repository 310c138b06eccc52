import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { relations, type RelationName } from "../../src/domain/ontology/relations";

import { saveInputs } from "./save-inputs";

export type Args = Readonly<Record<string, unknown>>;

/** Stand for what is known only once the bank is there: a cursor of the same field, and an open change set. */
export const [cursor, changeSet] = ["<cursor>", "<change set>"] as const;

/** A node of each kind in the bank under test. */
export const nodes: Readonly<Record<string, string>> = {
  Topic: "Topic:k0",
  Role: "Role:r0",
  Question: "Question:q0",
  Criterion: "Criterion:q0/k0",
  ModelAnswer: "ModelAnswer:q0/a0",
  TradeOff: "TradeOff:t0",
  Option: "Option:t0/o0",
  Quality: "Quality:l0",
  Assessment: "Assessment:t0/o0-0",
  FlipCondition: "FlipCondition:t0/f0",
  Concept: "Concept:c0",
  Tool: "Tool:t0",
  Metric: "Metric:p0",
  Benchmark: "Benchmark:b0",
  Measurement: "Measurement:b0/m0",
  Source: "Source:s0",
};

const context = {
  after: "Question:q0",
  seen: ["Question:q1"],
  known: ["Concept:c1"],
  missed: ["k0"],
  met: ["k1"],
  goal: "Concept:c2",
  role: "Role:r0",
  topic: "Topic:k0",
};
const step = { changeSet, idempotencyKey: "base" };

/** Calls that are right as they are, for all fields whose arguments are not those of every list. */
const written: Readonly<Record<string, readonly Args[]>> = {
  "Query.node": [{ id: "Question:q0" }],
  "Query.nodes": [{ ids: ["Question:q0"] }],
  "Query.changeSet": [{ id: changeSet }],
  "Query.changeSets": [{ author: "key:somebody" }, { first: 1, after: cursor }],
  "Query.commits": [{ actor: "ada" }, { first: 1, after: "0" }, { last: 1, before: "9" }],
  "Query.history": [{ id: "Question:q0", after: "9" }],
  "Query.compareOptions": [
    { tradeOff: "TradeOff:t0", on: "2026-01-01" },
    { tradeOff: "TradeOff:t0", regime: "small" },
  ],
  "Query.compareAnswers": [{ question: "Question:q0", on: "2026-01-01" }],
  "Query.evidence": [{ metric: "Metric:p0", subjects: ["Tool:t0"], unit: "ms", on: "2026-01-01" }],
  "Query.learningPlan": [{ concepts: ["Concept:c0"], known: ["Concept:c1"] }],
  "Query.readiness": [{ question: "Question:q0", known: ["Concept:c1"] }],
  "Query.lint": [
    { rules: ["orphan"], on: "2026-01-01" },
    { first: 1, after: cursor },
  ],
  "Query.path": [{ from: "Question:q0", to: "Concept:c0" }],
  "Query.search": [{ text: "apple" }, { text: "apple", first: 1, after: cursor }],
  "Query.suggest": [{ text: "app" }],
  "Query.nextQuestions": [{ context }],
  "Query.whyNot": [{ question: "Question:q2", context }],
  "Question.recommended": [{ context: { ...context, after: undefined } }, { context: { after: "Question:q0" } }],
  "Measurement.value": [{ unit: "ms" }],
  ...Object.fromEntries(
    Object.entries(nodes)
      .filter(([, id]) => !id.includes("/"))
      .map(([kind, id]) => [
        `Query.${kind.charAt(0).toLowerCase()}${kind.slice(1)}`,
        [{ id }, { slug: id.split(":")[1] }],
      ]),
  ),
  "Mutation.openChangeSet": [{ title: "A change", idempotencyKey: "base" }],
  "Mutation.renameChangeSet": [{ ...step, title: "Another name" }],
  "Mutation.submitChangeSet": [step],
  "Mutation.approveChangeSet": [step],
  "Mutation.discardChangeSet": [step],
  "Mutation.publishChangeSet": [step],
  "Mutation.requestChanges": [{ ...step, comment: "Say more." }],
  "Mutation.commentOnChangeSet": [{ ...step, comment: "Good." }],
  "Mutation.revert": [{ revision: 1, leaveConflicts: true, idempotencyKey: "base" }],
  "Mutation.remove": [{ ...step, node: "Source:unused" }],
  "Mutation.rename": [{ ...step, node: "Source:renamed", slug: "renamed-again" }],
  "Mutation.link": [
    {
      ...step,
      edge: "FOLLOWED_BY",
      from: "q0",
      to: "q5",
      properties: { reason: "So.", ask: "And?", criteria: ["q0/k0"] },
    },
    { ...step, edge: "CITES", from: "Concept:c0", to: "s1", properties: { locator: "Section 1" } },
    { ...step, edge: "MEETS", from: "ModelAnswer:q0/a0", to: "Criterion:q0/k1", properties: { where: "Decision" } },
  ],
  "Mutation.unlink": [{ ...step, edge: "CITES", from: "Concept:c0", to: "s1" }],
  "Mutation.reorder": [{ ...step, relation: "TRADE_OFF_OPTIONS", of: "t0", nodes: ["o1"] }],
  ...Object.fromEntries(
    ["Topic", "Role", "Question", "TradeOff", "Quality", "Concept", "Tool", "Metric", "Benchmark", "Source"].map(
      (kind) => [
        `Mutation.save${kind}`,
        [
          { ...step, input: saveInputs[kind] },
          { ...step, input: { id: nodes[kind] } },
        ],
      ],
    ),
  ),
  "Subscription.bankChanged": [{ ids: ["Question:q0"], after: 0, afterHash: "" }],
};

/** Takes no text at all: the question is known. */
export const refusedAlways: ReadonlySet<string> = new Set(["Question.recommended(context.after)"]);

/** Calls of a field that hold a text at each place where it takes one. */
export function baseCalls(schema: GraphQLSchema, field: string): readonly Args[] {
  const [owner, name] = field.split(".") as [string, string];
  const type = schema.getType(owner);
  const args = isObjectType(type) ? (type.getFields()[name]?.args ?? []) : [];
  const has = (arg: string) => args.some((each) => each.name === arg);
  const where = args.find((each) => each.name === "where");
  const paging = written[field] ?? [
    ...(has("after") ? [{ first: 1, after: cursor }] : []),
    ...(has("before") ? [{ last: 1, before: cursor }] : []),
  ];
  const required = field === "Query.search" ? { text: "apple" } : {};
  return [...paging, ...(where ? filters(where.type, []).map((filter) => ({ ...required, where: filter })) : [])];
}

/** A filter for each text that the type holds, with that text alone. */
function filters(type: GraphQLInputType, above: readonly string[]): Args[] {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field): Args[] => {
    const inner = getNamedType(field.type);
    const wrap = (value: unknown): Args => ({ [field.name]: isList(field.type) ? [value] : value });
    if (isInputObjectType(inner)) return filters(inner, [named.name, field.name]).map(wrap);
    const text = inner.name === "ID" ? idIn(above) : valueOf(inner.name);
    return text === undefined ? [] : [wrap(text)];
  });
}

const isList = (type: GraphQLInputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

const valueOf = (scalar: string): string | undefined =>
  ({ String: "apple", PartialDate: "2024-07" })[scalar as "String"];

/** The ID of a node to which the filter's relation leads, such as that of `QuestionClause.roles`. */
function idIn([type = "", field]: readonly string[]): string | undefined {
  const relation = relations[`${type.replace(/(Where|Clause)$/, "")}.${field}` as RelationName];
  return relation && nodes[relation.targets[0] as string];
}
