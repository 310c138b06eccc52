import {
  type FieldNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import type { Ahead } from "../domain/graph/port";
import type { RelationName } from "../domain/ontology/relations";
import { fieldExtension } from "./declare";

type Growing = { [R in RelationName]?: Growing };
type Around = Pick<GraphQLResolveInfo, "schema" | "fragments">;

/** Between a field and the nodes that it leads to stand connections, edges and links. */
const wrappers: ReadonlySet<string> = new Set(["edges", "nodes", "node"]);

/** graphql-js makes the list of a field's nodes once for each place in an operation. */
const known = new WeakMap<readonly FieldNode[], Ahead>();

/**
 * The complete lists of links that the document asks of the nodes that a field leads to. Fields under @skip and @include
 * are passed over: what is ahead is a hint.
 */
export function aheadOf(info: GraphQLResolveInfo): Ahead {
  let ahead = known.get(info.fieldNodes);
  if (!ahead) {
    const growing: Growing = {};
    const type = getNamedType(info.returnType);
    for (const { selectionSet } of info.fieldNodes) if (selectionSet) collect(growing, type, selectionSet, info);
    known.set(info.fieldNodes, (ahead = growing));
  }
  return ahead;
}

function collect(into: Growing, type: GraphQLNamedType, { selections }: SelectionSetNode, around: Around): void {
  for (const selection of selections) {
    if (selection.directives?.some(({ name }) => name.value === "skip" || name.value === "include")) continue;
    if (selection.kind === Kind.FIELD) {
      collectField(into, type, selection, around);
    } else {
      const part = selection.kind === Kind.FRAGMENT_SPREAD ? around.fragments[selection.name.value] : selection;
      if (!part) continue;
      const condition = part.typeCondition && around.schema.getType(part.typeCondition.name.value);
      collect(into, condition ?? type, part.selectionSet, around);
    }
  }
}

function collectField(into: Growing, type: GraphQLNamedType, { name, selectionSet }: FieldNode, around: Around): void {
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  const field = type.getFields()[name.value];
  if (!field) return;
  const { reads } = fieldExtension(field);
  if (reads) {
    const further = (into[reads] ??= {});
    if (selectionSet) collect(further, getNamedType(field.type), selectionSet, around);
  } else if (selectionSet && wrappers.has(name.value)) {
    collect(into, getNamedType(field.type), selectionSet, around);
  }
}
