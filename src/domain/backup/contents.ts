/** What a restore would meet in a store: nothing that matters, a part of a restore that was cut short, or more. */
export type Contents = "NOTHING" | "UNFINISHED" | "SOMETHING";

/** Why a store that is being restored, or that a restore has left half done, does nothing else. */
export const unfinishedSentence =
  "A restore into this store is going on, or was cut short; in that case run it again, which empties the store first.";
