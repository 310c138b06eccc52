import type { NodeState } from "../domain/changes/change-set";
import type { Field, Fields, FieldType } from "../domain/ontology/field";
import { type NodeKind, nodeKindNames, nodeKinds } from "../domain/ontology/node-kinds";

/** What a text is within its node: the more exactly it names the node, the more a word in it counts. */
export type TextRole = "title" | "alias" | "slug" | "brief" | "long";

export interface SearchedField {
  readonly name: string;
  readonly place: TextRole;
  /** Gives an answer away. */
  readonly spoiler: boolean;
}

/** Says nothing that anyone searches for, or repeats at length what a summary beside it says. */
const leftOut: ReadonlySet<string> = new Set([
  "ModelAnswer.body",
  "Source.revision",
  "Source.license",
  "Tool.license",
  "FlipCondition.unit",
]);
/** Figures are found through the benchmark that reports them. */
const unsearched: ReadonlySet<NodeKind> = new Set(["Measurement"]);

const isText = (type: FieldType): boolean =>
  type.is === "string" || (type.is === "list" && (type.of.is === "string" || type.of.is === "object"));

const placeOf = (name: string, { long }: Field): TextRole =>
  name === "title" ? "title" : name === "aliases" ? "alias" : long ? "long" : "brief";

/** The fields of each kind that are searched, titles first, in the ontology's order. */
export const searchedFields = Object.fromEntries(
  nodeKindNames.map((kind): [NodeKind, readonly SearchedField[]] => [
    kind,
    unsearched.has(kind)
      ? []
      : Object.entries(nodeKinds[kind].fields as Fields)
          .filter(([name, field]) => isText(field.type) && !leftOut.has(`${kind}.${name}`))
          .map(([name, field]) => ({ name, place: placeOf(name, field), spoiler: field.spoiler })),
  ]),
) as Readonly<Record<NodeKind, readonly SearchedField[]>>;

/** The kinds that a search can find, in the ontology's order. */
export const searchedKinds: readonly NodeKind[] = nodeKindNames.filter((kind) => searchedFields[kind].length > 0);

/** The texts in the value of a searched field: one, or those of a list; the titles of objects. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "object" && value !== null && "title" in value ? textsIn(value.title) : [];
}

/** The texts of a node, field by field. */
export const searchedTexts = ({ kind, fields, texts }: Pick<NodeState, "kind" | "fields" | "texts">) =>
  searchedFields[kind].map((field) => ({ ...field, texts: textsIn(fields[field.name] ?? texts[field.name]) }));
