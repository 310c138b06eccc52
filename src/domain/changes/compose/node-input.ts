import type { EdgeKindSpec } from "../../ontology/edge-kind";
import { edgeKinds } from "../../ontology/edge-kinds";
import type { EdgeRelation } from "../../ontology/relations";

/**
 * What an author says of a node: `id` or `slug`, then its fields, links and owned things by their names. A link that carries
 * something, or could, is an object with the key `node`; another is the reference alone. Absent: unchanged. Null: cleared.
 */
export type NodeInput = Readonly<Record<string, unknown>>;

/** The values that the input states under these names. An empty list is no value. */
export const statedValues = (names: readonly string[], input: NodeInput): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = input[name];
      return value === undefined ? [] : [[name, Array.isArray(value) && value.length === 0 ? null : value]];
    }),
  );

/** The entries of a relation that the input states: none for null, one for a single value; null if it says nothing. */
export const statedItems = (input: NodeInput, { field }: EdgeRelation): readonly unknown[] | null =>
  input[field] === undefined ? null : [input[field] ?? []].flat();

/** Whether the nodes that the relation leads to are written in full where it is. */
export const isNesting = ({ edge }: EdgeRelation): boolean => (edgeKinds[edge] as EdgeKindSpec).nests === true;
