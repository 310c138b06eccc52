import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";

/** Entries of the schema's description that take as long as an object of the bank. */
const entriesPerUnit = 12;

const averages = new WeakMap<GraphQLSchema, ReadonlyMap<string, number>>();

/** How long the lists of the schema's own description are: those of each type on the average of the types that have them. */
function lengthsOf(schema: GraphQLSchema): ReadonlyMap<string, number> {
  let lengths = averages.get(schema);
  if (!lengths) {
    const types = Object.values(schema.getTypeMap());
    const mean = (counts: readonly number[]) => Math.ceil(counts.reduce((sum, each) => sum + each, 0) / counts.length);
    const fields = types.filter(isObjectType).map((type) => Object.values(type.getFields()));
    const inputs = types.filter(isInputObjectType).map((type) => Object.values(type.getFields()));
    lengths = new Map([
      ["types", types.length],
      ["directives", schema.getDirectives().length],
      ["fields", mean(fields.map(({ length }) => length))],
      ["args", mean(fields.flat().map(({ args }) => args.length))],
      ["inputFields", mean(inputs.map(({ length }) => length))],
      ["enumValues", mean(types.filter(isEnumType).map((type) => type.getValues().length))],
      ["possibleTypes", mean(types.filter(isObjectType).map((type) => type.getInterfaces().length)) * 2],
    ]);
    averages.set(schema, lengths);
  }
  return lengths;
}

/** What a selection of `__schema` or `__type` costs, by how many entries it may list; what only leads to a type is free. */
export function introspectionCost(
  schema: GraphQLSchema,
  selected: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  const lengths = lengthsOf(schema);
  const entriesIn = ({ selections }: SelectionSetNode): number => {
    let entries = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        if (!selection.selectionSet) continue;
        const length = lengths.get(selection.name.value);
        const inner = entriesIn(selection.selectionSet);
        entries += length === undefined ? inner : length * (1 + inner);
      } else {
        const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (part) entries += entriesIn(part.selectionSet);
      }
    }
    return entries;
  };
  return Math.ceil((1 + entriesIn(selected)) / entriesPerUnit);
}
