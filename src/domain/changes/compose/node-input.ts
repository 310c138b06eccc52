import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKinds } from "../../ontology/edge-kinds";
import type { EdgeRelation } from "../../ontology/relations";

/**
 * An author's input for a node: `id` or `slug`, then fields, links and owned nodes by their names. A link that has or
 * can have properties is an object with the key `node`, such as `{ node: "Measurement:ann/recall", side: "BEFORE" }`;
 * any other link is only the reference. An absent key leaves things unchanged, null clears.
 */
export type NodeInput = Readonly<Record<string, unknown>>;

/** The values that the input states under these names. An empty list becomes null. */
export const statedValues = (names: readonly string[], input: NodeInput): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = input[name];
      return value === undefined ? [] : [[name, Array.isArray(value) && value.length === 0 ? null : value]];
    }),
  );

/**
 * The entries that the input states for a relation: empty for null, one for a single value. Returns null if the input
 * does not state the relation.
 */
export const statedItems = (input: NodeInput, { field }: EdgeRelation): readonly unknown[] | null =>
  input[field] === undefined ? null : [input[field] ?? []].flat();

/** Tells if the nodes of the relation are nested, that is, written in full at the relation. */
export const isNesting = ({ edge }: EdgeRelation): boolean => (edgeKinds[edge] as EdgeKindSpec).nests === true;
