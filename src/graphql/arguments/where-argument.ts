import { DomainError } from "../../domain/errors";
import { indexedFields } from "../../domain/graph/order";
import { anyLimit, type WhereClause, type Where } from "../../domain/graph/where";
import type { Field, Fields } from "../../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, relationsOf } from "../../domain/ontology/relations";
import { type ClassType, declareInput, declareInputField, ID } from "../declare";
import type { Links } from "../links";
import { allReady, type PromiseOrValue, whenReady } from "../promise-or-value";
import { typeOf } from "../types/field-types";
import { idForms, readId } from "./id-argument";

const linkFilter = declareInput("LinkFilter", "Keeps nodes by what they are linked to.");
declareInputField(linkFilter, "in", { type: () => [ID], description: `Linked to at least one of these. ${idForms}` });
declareInputField(linkFilter, "all", { type: () => [ID], description: `Linked to each of these. ${idForms}` });

const declared = new Map<NodeKind, ClassType>();

/** The input type of `where` for lists of the kind. */
export function whereType(kind: NodeKind): ClassType {
  let type = declared.get(kind);
  if (!type) declared.set(kind, (type = declareWhere(kind)));
  return type;
}

function declareWhere(kind: NodeKind): ClassType {
  const clause = declareInput(`${kind}Clause`, `Conditions on a ${kind} node that must hold together.`);
  for (const [name, { type, description }] of filterFields(kind)) {
    const value = typeOf(type, description);
    declareInputField(clause, name, {
      type: () => [value()],
      description: `Keeps nodes whose ${name} is one of these values; an empty list keeps none.`,
    });
  }
  for (const { field, end } of filterRelations(kind)) {
    declareInputField(clause, field, { type: () => linkFilter, description: `By links. ${end.description}` });
  }
  const where = declareInput(
    `${kind}Where`,
    `Which ${kind} nodes a list keeps: its own conditions, any and not, all together.`,
    clause,
  );
  declareInputField(where, "any", {
    type: () => [clause],
    description: "At least one of these groups of conditions must hold; up to eight groups.",
  });
  declareInputField(where, "not", {
    type: () => clause,
    description: "Leaves out nodes for which all of these hold; nodes without a value stay.",
  });
  return where;
}

const filterFields = (kind: NodeKind): [string, Field][] => {
  const fields: Fields = nodeKinds[kind].fields;
  return indexedFields(kind).map((name) => [name, fields[name] as Field]);
};

const filterRelations = (kind: NodeKind): EdgeRelation[] => relationsOf(kind).filter(isEdgeRelation);

type ClauseInput = Readonly<Record<string, unknown>>;
export type WhereInput = ClauseInput & {
  readonly any?: readonly ClauseInput[] | null;
  readonly not?: ClauseInput | null;
};
interface LinkFilterInput {
  readonly in?: readonly string[] | null;
  readonly all?: readonly string[] | null;
}

/** Reads a `where`. Clauses come in the ontology's order, so that equal filters are equal whatever order a client wrote. */
export function readWhere(
  kind: NodeKind,
  input: WhereInput | null | undefined,
  links: Links,
): PromiseOrValue<Where | undefined> {
  if (!input) return undefined;
  const { any, not } = input;
  if ((any?.length ?? 0) > anyLimit)
    throw new DomainError("INVALID_ARGUMENT", "any holds more groups than its description allows.");
  const groupOf = (group: ClauseInput | null | undefined) => (group ? readClauses(kind, group, links) : []);
  return whenReady(
    allReady([groupOf(input), groupOf(not), ...(any ?? []).map(groupOf)]),
    ([and = [], without = [], ...groups]) => ({
      and,
      // Without conditions it leaves nothing out.
      ...(without.length > 0 && { not: without }),
      ...(any && { any: groups }),
    }),
  );
}

function readClauses(kind: NodeKind, input: ClauseInput, links: Links): PromiseOrValue<readonly WhereClause[]> {
  const fields = filterFields(kind).flatMap(([field]): WhereClause[] => {
    const values = input[field] as readonly (string | number | boolean)[] | null | undefined;
    return values ? [{ field, in: values }] : [];
  });
  const linked = filterRelations(kind).flatMap(({ field, name: relation, targets }): PromiseOrValue<WhereClause>[] => {
    const filter = input[field] as LinkFilterInput | null | undefined;
    const idsOf = (ids: readonly string[]) => allReady(ids.map((id) => readId(id, links, targets)));
    return [
      ...(filter?.in ? [whenReady(idsOf(filter.in), (ids): WhereClause => ({ relation, in: ids }))] : []),
      ...(filter?.all ? [whenReady(idsOf(filter.all), (ids): WhereClause => ({ relation, all: ids }))] : []),
    ];
  });
  return whenReady(allReady(linked), (clauses) => [...fields, ...clauses]);
}
