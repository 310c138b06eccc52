import type { Ahead } from "../../../domain/graph/port";
import type { NodeKind } from "../../../domain/ontology/node-kinds";
import { type EdgeRelation, isEdgeRelation, type RelationName, relations } from "../../../domain/ontology/relations";
import { hasLinkJson } from "../stored-edge";
import { maxLinks, ownerOf, pattern, targetOf } from "./pattern";

/** A relation whose complete lists are read along with the nodes that have them. */
export interface Along {
  readonly relation: EdgeRelation;
  readonly along: readonly Along[];
}

/** How many levels are read along: each saves a statement, and reads anew what several nodes of the level before link to. */
const maxLevels = 2;
/** How many lists a statement reads along; the more, the longer Neo4j plans it, and more than linearly. */
const maxLists = 10;

/** What is read along with nodes of these kinds: the nearest first, as much as a statement should hold. */
export function alongOf(
  kinds: readonly NodeKind[],
  ahead: Ahead = {},
  levels = maxLevels,
  room = { left: maxLists },
): readonly Along[] {
  if (levels === 0) return [];
  const complete = (Object.keys(ahead) as RelationName[]).sort().flatMap((name): EdgeRelation[] => {
    const relation = relations[name];
    const fits = isEdgeRelation(relation) && kinds.includes(relation.owner) && maxLinks(relation) !== Infinity;
    return fits ? [relation] : [];
  });
  const read = complete.slice(0, room.left);
  room.left -= read.length;
  return read.map((relation) => ({
    relation,
    along: alongOf(relation.targets, ahead[relation.name], levels - 1, room),
  }));
}

/** The values of a link by the relationship `r` to the node `n`, on some level below that of the statement itself. */
export function linkValues({ relation, along }: Along, level = 0): string {
  const [node, edge] = variables(level);
  return [
    `${node}._light`,
    ...(hasLinkJson(relation.edge) ? [`${edge}._link`] : []),
    ...lists(node, along, level),
  ].join();
}

/** The values of a node: itself and the lists along with it. */
export const nodeValues = (node: string, along: readonly Along[]): string =>
  `[${[`${node}._light`, ...lists(node, along, 0)].join()}]`;

const lists = (owner: string, along: readonly Along[], level: number): string[] =>
  along.map((each) => {
    const [node, edge] = variables(level + 1);
    const match = pattern(each.relation, ownerOf(each.relation, owner), edge, targetOf(each.relation, node));
    return `COLLECT { MATCH ${match} RETURN [${linkValues(each, level + 1)}] }`;
  });

const variables = (level: number): readonly [node: string, edge: string] =>
  level === 0 ? ["n", "r"] : [`n${level}`, `r${level}`];
