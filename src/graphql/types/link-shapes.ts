import { type EdgeKind, edgeKindNames, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { Field, Fields } from "../../domain/ontology/field";
import type { Relation } from "../../domain/ontology/relations";

/** What links of a relation carry besides the node. Relations with the same properties share their link types. */
export interface LinkShape {
  /** Stands in type names: `ConceptReasonLink`, `QuestionFollowedByEdge`. Empty for links that carry nothing. */
  readonly name: string;
  readonly properties: Fields;
  /** The links are derived and say what makes them. */
  readonly because: boolean;
}

/** Descriptions of properties that several edge kinds have and each describes in its own way. */
const sharedDescriptions: Readonly<Record<string, string>> = {
  reason: "Why the two are linked, in the author's words; a path shows this sentence at the step.",
};

/** The shape of links that carry nothing. */
export const plainLink: LinkShape = Object.freeze({ name: "", properties: {}, because: false });
const derived: LinkShape = Object.freeze({ name: "Because", properties: {}, because: true });

const shapes = new Map<string, LinkShape>();

/**
 * One property gives the shape its name. Several take that of the first edge kind that has them, so that a later kind
 * with the same properties renames nothing.
 */
export function linkShapeOf(relation: Relation): LinkShape {
  if (relation.derived) return derived;
  const key = keyOf(relation.edge);
  if (key === "") return plainLink;
  let shape = shapes.get(key);
  if (!shape) shapes.set(key, (shape = makeShape(edgeKindNames.filter((edge) => keyOf(edge) === key))));
  return shape;
}

const propertiesOf = (edge: EdgeKind): [string, Field][] => Object.entries(edgeKinds[edge].properties as Fields);

const keyOf = (edge: EdgeKind): string =>
  propertiesOf(edge)
    .map(([name, { type, optional }]) => `${name} ${JSON.stringify(type)} ${optional}`)
    .sort()
    .join();

function makeShape(kinds: readonly EdgeKind[]): LinkShape {
  const properties = propertiesOf(kinds[0] as EdgeKind).map(([name, field]): [string, Field] => {
    const descriptions = new Set(
      kinds.flatMap(propertiesOf).flatMap(([other, { description }]) => (other === name ? [description] : [])),
    );
    if (descriptions.size === 1) return [name, field];
    const description = sharedDescriptions[name];
    if (!description)
      throw new Error(
        `${kinds.join(", ")} describe ${name} differently; say what they have in common in sharedDescriptions.`,
      );
    return [name, { ...field, description }];
  });
  const [only, ...more] = properties.map(([name]) => name);
  const name = pascalCase(more.length === 0 ? (only as string) : (kinds[0] as string).toLowerCase());
  return Object.freeze({ name, properties: Object.fromEntries(properties), because: false });
}

/** `followed_by` and `followedBy` as `FollowedBy`. */
export const pascalCase = (name: string): string =>
  name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
