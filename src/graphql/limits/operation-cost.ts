import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  type GraphQLNamedType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { fieldExtension } from "../declare";
import { introspectionFields } from "./document-size";
import { introspectionCost } from "./introspection-cost";

type Variables = Readonly<Record<string, unknown>>;

/** In units of cost. */
export interface OperationCost {
  readonly whole: number;
  /** The part of it for which the schema describes itself. */
  readonly introspection: number;
}

/**
 * What an operation may come to: an object is one; a list is its typical length times an entry; a connection is its page
 * size times an edge; finding things adds what its field declares. The document must be valid, the variables coerced.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): OperationCost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const fragmentCosts = new Map<string, number>();
  let introspection = 0;

  const costOfSet = ({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined): number =>
    selections.reduce(
      (total, selection) => total + (isIncluded(selection, variables) ? costOf(selection, parent) : 0),
      0,
    );

  const costOf = (selection: SelectionNode, parent: GraphQLNamedType | undefined): number => {
    switch (selection.kind) {
      case Kind.FIELD:
        return costOfField(selection, parent);
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition, selectionSet } = selection;
        return costOfSet(selectionSet, typeCondition ? schema.getType(typeCondition.name.value) : parent);
      }
      case Kind.FRAGMENT_SPREAD:
        return costOfFragment(selection.name.value);
    }
  };

  const costOfFragment = (name: string): number => {
    const known = fragmentCosts.get(name);
    if (known !== undefined) return known;
    const { selectionSet, typeCondition } = fragments.get(name) as FragmentDefinitionNode;
    const cost = costOfSet(selectionSet, schema.getType(typeCondition.name.value));
    fragmentCosts.set(name, cost);
    return cost;
  };

  const costOfField = (node: FieldNode, parent: GraphQLNamedType | undefined): number => {
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[node.name.value] : undefined;
    if (!field) {
      if (!node.selectionSet || !introspectionFields.has(node.name.value)) return 0;
      const cost = introspectionCost(schema, node.selectionSet, fragments);
      introspection += cost;
      return cost;
    }
    const { times = 1, own = 1, base = 0 } = fieldExtension(field).cost ?? {};
    const args =
      typeof times === "function" || typeof base === "function" ? getArgumentValues(field, node, variables) : {};
    const found = typeof base === "number" ? base : base(args);
    const type = getNamedType(field.type);
    if (!node.selectionSet || isLeafType(type)) return found;
    return found + (typeof times === "number" ? times : times(args)) * (own + costOfSet(node.selectionSet, type));
  };

  const whole = costOfSet(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  return { whole: Math.max(1, Math.ceil(whole)), introspection };
}

function isIncluded(selection: SelectionNode, variables: Variables): boolean {
  if (!selection.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.["if"] !== false;
}
