import type { RelationName } from "../../domain/ontology/relations";

/**
 * A place where nodes were read: a list (`list Question`), a look-up by id (`nodes Concept,Question`), or the links of
 * nodes in another place. `list Question>Question.concepts` holds the concepts of the questions in a list.
 */
export type Place = string;

const maxPlaces = 1_000;
/** The weight of the newest reader in a share, where all earlier ones together have the rest of 1. */
const newest = 0.2;
const usualShare = 0.5;

/**
 * Learns which complete lists of links readers ask of the nodes in a place, as an exponentially weighted share of the
 * readers. A store that pays for each statement can then prefetch the usual lists.
 */
export class ReadHabits {
  private readonly places = new Map<Place, Map<RelationName, number>>();

  /**
   * Notes that a reader has found nodes in the place, which lowers the shares there. Beyond 1000 places, the least
   * recently found one is forgotten.
   */
  found(place: Place): void {
    const shares = this.places.get(place) ?? new Map<RelationName, number>();
    this.places.delete(place);
    this.places.set(place, shares);
    if (this.places.size > maxPlaces) this.places.delete(this.places.keys().next().value!);
    for (const [relation, share] of shares) shares.set(relation, share * (1 - newest));
  }

  /** Notes that a reader has asked nodes in the place for all their links by the relation. `found` must come first. */
  asked(place: Place, relation: RelationName): void {
    const shares = this.places.get(place);
    shares?.set(relation, (shares.get(relation) ?? 0) + newest);
  }

  /** Returns the relations whose share is above a half; none for an unknown place. */
  usual(place: Place): readonly RelationName[] {
    const shares = [...(this.places.get(place) ?? [])];
    return shares.flatMap(([relation, share]) => (share > usualShare ? [relation] : []));
  }
}

export const placeOfLinks = (place: Place, relation: RelationName): Place => `${place}>${relation}`;
