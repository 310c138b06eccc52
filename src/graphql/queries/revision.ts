import { declareQuery } from "../declare";
import { whenReady } from "../maybe-promise";
import { NonNegativeInt } from "../types/scalars";

/** Which state of the graph an answer shows. */
export class RevisionQueries {}

declareQuery(RevisionQueries, "revision", {
  type: () => NonNegativeInt,
  description: "The number of the newest commit that the answer shows; edits take it as expectedRevision.",
  resolve: (_root, _args, { unmetered }) => whenReady(unmetered.snapshot(), ({ view }) => view.revision),
});
