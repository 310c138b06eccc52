import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from "graphql";

/** How large a document is, whatever its variables. */
export interface DocumentSize {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly directives: number;
  readonly operations: number;
  readonly recursiveSelections: number;
  readonly mutations: number;
  readonly introspections: number;
}

/** Fields that only lead through a connection or a link. */
const wrappers: ReadonlySet<string> = new Set(["edges", "node", "nodes", "pageInfo"]);
/** The schema's own description has a rule of graphql's for its depth. */
export const introspectionFields: ReadonlySet<string> = new Set(["__schema", "__type"]);

/** A selection with its fragments written out. */
interface Extent {
  depth: number;
  fields: number;
  selections: number;
}

/** Measures a parsed, not yet validated document, in time linear in its length however its fragments fan out. */
export function measureDocument(document: DocumentNode): DocumentSize {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }

  const extents = new Map<string, Extent>();
  const extentOf = ({ selections }: SelectionSetNode): Extent => {
    const whole: Extent = { depth: 0, fields: 0, selections: 0 };
    for (const selection of selections) {
      whole.selections++;
      let part: Extent;
      if (selection.kind === Kind.FIELD) {
        whole.fields++;
        if (!selection.selectionSet) continue;
        const inner = extentOf(selection.selectionSet);
        const name = selection.name.value;
        const depth = introspectionFields.has(name) ? 0 : inner.depth + (wrappers.has(name) ? 0 : 1);
        part = { ...inner, depth, fields: 0 };
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        part = extentOf(selection.selectionSet);
      } else {
        part = fragmentExtent(selection.name.value);
      }
      whole.depth = Math.max(whole.depth, part.depth);
      whole.fields += part.fields;
      whole.selections += part.selections;
    }
    return whole;
  };
  const fragmentExtent = (name: string): Extent => {
    const known = extents.get(name);
    if (known) return known;
    // What a cycle of fragments comes to does not matter: validation refuses it.
    extents.set(name, { depth: 0, fields: 0, selections: 0 });
    const fragment = fragments.get(name);
    if (fragment) extents.set(name, extentOf(fragment.selectionSet));
    return extents.get(name) as Extent;
  };

  const written = [...operations, ...fragments.values()].map(countWritten);
  const roots = operations.map((operation) => ({
    isMutation: operation.operation === OperationTypeNode.MUTATION,
    ...extentOf(operation.selectionSet),
  }));
  return {
    depth: Math.max(0, ...roots.map((root) => root.depth)),
    aliases: sum(written.map((each) => each.aliases)),
    rootFields: Math.max(0, ...roots.map((root) => root.fields)),
    directives: sum(written.map((each) => each.directives)),
    operations: operations.length,
    recursiveSelections: sum(roots.map((root) => root.selections)),
    mutations: sum(roots.map((root) => (root.isMutation ? root.fields : 0))),
    introspections: sum(written.map((each) => each.introspections)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Aliases, directives and introspection as they stand in the text. */
function countWritten(definition: OperationDefinitionNode | FragmentDefinitionNode): {
  aliases: number;
  directives: number;
  introspections: number;
} {
  let aliases = 0;
  let introspections = 0;
  let directives = definition.directives?.length ?? 0;
  if (definition.kind === Kind.OPERATION_DEFINITION) {
    for (const variable of definition.variableDefinitions ?? []) directives += variable.directives?.length ?? 0;
  }
  const count = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD && selection.alias) aliases++;
      if (selection.kind === Kind.FIELD && introspectionFields.has(selection.name.value)) introspections++;
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) count(selection.selectionSet);
    }
  };
  count(definition.selectionSet);
  return { aliases, directives, introspections };
}
