import { type EdgeRelation, isEdgeRelation, relations } from "../../../domain/ontology/relations";
import { type Place, placeOfLinks, type ReadHabits } from "../read-habits";
import { hasLinkJson } from "../stored-edge";
import { maxLinks, ownerOf, pattern, targetOf } from "./pattern";

/**
 * A relation whose complete lists are read together with their owners. `further` are the lists that are read with the
 * nodes in these lists.
 */
export interface Prefetch {
  readonly relation: EdgeRelation;
  readonly further: readonly Prefetch[];
}

/**
 * The maximum number of levels to prefetch. Each level saves a statement, but reads nodes repeatedly if several nodes
 * above link to them.
 */
const maxLevels = 2;
/** The maximum number of lists per statement. The time for planning grows more than linearly with it. */
const maxLists = 10;

/**
 * Returns the lists to prefetch with nodes in the places: the usual ones of relations with a maximum number of links.
 * The nearest lists come first, at most `maxLists` in all.
 */
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

/**
 * Returns the values of a link: light node, JSON of the edge if the kind has any, prefetched lists. On level 0 the
 * variables are `n` and `r`, below it `n1` and `r1`, and so on.
 */
export function linkValues({ relation, further }: Prefetch, level = 0): string {
  const [node, edge] = variables(level);
  return [
    `${node}._light`,
    ...(hasLinkJson(relation.edge) ? [`${edge}._link`] : []),
    ...lists(node, further, level),
  ].join();
}

/** Returns the values of a node: the light node, then its prefetched lists. */
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
