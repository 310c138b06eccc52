import { type EdgeRelation, isEdgeRelation, relations } from "../../../domain/ontology/relations";
import { type Place, placeOfLinks, type ReadHabits } from "../read-habits";
import { hasLinkJson } from "../stored-edge";
import { maxLinks, ownerOf, pattern, targetOf } from "./pattern";

/** A relation whose complete lists are read with the nodes that have them, and what is read with the nodes in these lists. */
export interface Prefetch {
  readonly relation: EdgeRelation;
  readonly further: readonly Prefetch[];
}

/** How many levels are prefetched: each saves a statement, and reads again what several nodes of the level before link to. */
const maxLevels = 2;
/** How many lists a statement prefetches; the more, the longer Neo4j plans it, and more than linearly. */
const maxLists = 10;

/** What to prefetch with nodes that are found in these places: the nearest first, as much as a statement should hold. */
export function prefetchOf(
  places: readonly Place[],
  habits: Pick<ReadHabits, "usual">,
  levels = maxLevels,
  room = { left: maxLists },
): readonly Prefetch[] {
  if (levels === 0) return [];
  const names = new Set(places.flatMap((place) => habits.usual(place)));
  const complete = [...names].sort().flatMap((name): EdgeRelation[] => {
    const relation = relations[name];
    return isEdgeRelation(relation) && maxLinks(relation) !== Infinity ? [relation] : [];
  });
  const read = complete.slice(0, room.left);
  room.left -= read.length;
  return read.map((relation) => {
    const next = places.map((place) => placeOfLinks(place, relation.name));
    return { relation, further: prefetchOf(next, habits, levels - 1, room) };
  });
}

/** The values of a link by the relationship `r` to the node `n`, on some level below that of the statement itself. */
export function linkValues({ relation, further }: Prefetch, level = 0): string {
  const [node, edge] = variables(level);
  return [
    `${node}._light`,
    ...(hasLinkJson(relation.edge) ? [`${edge}._link`] : []),
    ...lists(node, further, level),
  ].join();
}

/** The values of a node: itself and the lists that are prefetched with it. */
export const nodeValues = (node: string, prefetch: readonly Prefetch[]): string =>
  `[${[`${node}._light`, ...lists(node, prefetch, 0)].join()}]`;

const lists = (owner: string, prefetch: readonly Prefetch[], level: number): string[] =>
  prefetch.map((each) => {
    const [node, edge] = variables(level + 1);
    const match = pattern(each.relation, ownerOf(each.relation, owner), edge, targetOf(each.relation, node));
    return `COLLECT { MATCH ${match} RETURN [${linkValues(each, level + 1)}] }`;
  });

const variables = (level: number): readonly [node: string, edge: string] =>
  level === 0 ? ["n", "r"] : [`n${level}`, `r${level}`];
