import type { RelationName } from "../../domain/ontology/relations";

/**
 * Where nodes were read: a list, a look-up, or links of nodes that were read in another place. `list Question>Question.concepts`
 * are the concepts of the questions of a list.
 */
export type Place = string;

const maxPlaces = 1_000;
/** What the newest reader weighs beside all earlier ones. */
const newest = 0.2;
const usualShare = 0.5;

/**
 * Which complete lists of links readers ask of the nodes that they find in a place, as moving shares of these readers. A
 * store that pays for each question prefetches what is usual.
 */
export class ReadHabits {
  private readonly places = new Map<Place, Map<RelationName, number>>();

  /** Notes that a reader has found nodes in the place. */
  found(place: Place): void {
    const shares = this.places.get(place) ?? new Map<RelationName, number>();
    this.places.delete(place);
    this.places.set(place, shares);
    if (this.places.size > maxPlaces) this.places.delete(this.places.keys().next().value!);
    for (const [relation, share] of shares) shares.set(relation, share * (1 - newest));
  }

  /** Notes that a reader, after `found`, has asked for all links by the relation of nodes found there. */
  asked(place: Place, relation: RelationName): void {
    const shares = this.places.get(place);
    shares?.set(relation, (shares.get(relation) ?? 0) + newest);
  }

  /** The relations whose lists more than half of the readers ask for, the latest counting most. */
  usual(place: Place): readonly RelationName[] {
    const shares = [...(this.places.get(place) ?? [])];
    return shares.flatMap(([relation, share]) => (share > usualShare ? [relation] : []));
  }
}

/** The place of nodes that are linked to nodes of a place. */
export const placeOfLinks = (place: Place, relation: RelationName): Place => `${place}>${relation}`;
