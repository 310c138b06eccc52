import type { Finding } from "../../errors";
import type { GraphDraft } from "../graph-draft";

/** A rule that every revision of the bank keeps. It looks at what the draft changes and reports every breach. */
export type Invariant = (draft: GraphDraft) => Promise<readonly Finding[]>;
