import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { fieldExtension } from "../declare";

/** What the objects under a response key count for. */
interface Shape {
  readonly own: number;
  /** The response key of a connection's entries; they count, the connection does not. */
  entries: string | null;
  readonly fields: Map<string, Shape>;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * How many objects an answer holds, counted as `operationCost` counts those that it may hold: connections, their edges and
 * what only leads through a link count nothing. The function serves all answers of the operation, whose document is valid.
 */
export function actualCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (data: Answer) => number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const collect = (into: Shape, type: GraphQLNamedType | undefined, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind !== Kind.FIELD) {
        const part = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (!part) continue;
        const condition = part.typeCondition && schema.getType(part.typeCondition.name.value);
        collect(into, condition ?? type, part.selectionSet);
        continue;
      }
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (!field || !selection.selectionSet) continue;
      const key = selection.alias?.value ?? selection.name.value;
      const shape = into.fields.get(key) ?? {
        own: fieldExtension(field).cost?.own ?? 1,
        entries: null,
        fields: new Map(),
      };
      into.fields.set(key, shape);
      collect(shape, getNamedType(field.type), selection.selectionSet);
      if (isEntries(type, selection.name.value)) into.entries ??= key;
    }
  };
  const root: Shape = { own: 0, entries: null, fields: new Map() };
  collect(root, schema.getRootType(operation.operation) ?? undefined, operation.selectionSet);
  return (data) => costOfFields(data, root);
}

const isEntries = (type: GraphQLNamedType | undefined, field: string): boolean =>
  (field === "edges" || field === "nodes") && isObjectType(type) && type.getFields()["pageInfo"] !== undefined;

function costOf(value: unknown, shape: Shape): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((total, each) => total + costOf(each, shape), 0);
  const { own, entries } = shape;
  const answer = value as Answer;
  const count = entries === null ? 1 : (answer[entries] as readonly unknown[]).length;
  return own * count + costOfFields(answer, shape);
}

function costOfFields(answer: Answer, { fields }: Shape): number {
  let total = 0;
  for (const [key, shape] of fields) total += costOf(answer[key], shape);
  return total;
}
