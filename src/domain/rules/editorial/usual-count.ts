import type { NodeState } from "../../changes/change-set";
import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKinds } from "../../ontology/edge-kinds";
import { nodeKindNames } from "../../ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, relationsOf } from "../../ontology/relations";
import type { BankView } from "../bank-view";
import type { Breach, Rule } from "../finding";

/** The bounds are the ontology's: `usual` of each end of an edge kind. */
export const usualCount: Rule = {
  code: "usual-count",
  severity: "warning",
  structural: false,
  description: "A relation holds as many links as the ontology calls usual.",
  evaluate: (bank) =>
    nodeKindNames.flatMap((kind) => {
      const bounded = relationsOf(kind).flatMap((relation) =>
        isEdgeRelation(relation) && relation.end.usual ? [{ relation, usual: relation.end.usual }] : [],
      );
      return bank
        .ofKind(kind)
        .flatMap((node) => bounded.flatMap(({ relation, usual }) => breach(bank, node, relation, usual)));
    }),
};

function breach(bank: BankView, { id, kind, slug }: NodeState, relation: EdgeRelation, usual: CountRange): Breach[] {
  const count = bank.links(id, relation.name).length;
  if (isWithin(count, usual)) return [];
  const message = `${kind} ${slug} has ${count} ${relation.field}; usual are ${rangeText(usual)}.`;
  return [{ node: id, path: [relation.field], message, hint: hintOf(count < usual[0], relation) }];
}

function hintOf(tooFew: boolean, { edge, direction }: EdgeRelation): string {
  const spec: EdgeKindSpec = edgeKinds[edge];
  const isHere = spec.file === (direction === "in" ? "to" : "from");
  if (isHere) return tooFew ? "Add what is missing, each for a reason of its own." : "Keep those that matter most.";
  const where = `The links stand in the files of ${spec.file === "from" ? spec.from.join(" and ") : spec.to.join(" and ")}`;
  const then = tooFew ? "link it there, or drop it." : "keep those without which the other end would be unclear.";
  return `${where}: ${then}`;
}

/** From and to, both included; no `most` where there is no upper bound. */
export type CountRange = readonly [min: number, max?: number];

export const isWithin = (count: number, [min, max = Infinity]: CountRange): boolean => count >= min && count <= max;

/** `2 to 6`, `at least 3` or `at most 3`, for messages. */
export const rangeText = ([min, max]: CountRange): string =>
  max === undefined ? `at least ${min}` : min === 0 ? `at most ${max}` : `${min} to ${max}`;
