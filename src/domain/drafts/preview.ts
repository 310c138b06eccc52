import { type Plan, planChanges } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import type { Draft } from "./draft-store";

/**
 * What publishing the draft would change in the graph that the reader shows, and what keeps it from being published. The
 * changes make a whole graph even then: parts at fault, and links to what is gone, are left out.
 */
export const previewOf = (draft: Pick<Draft, "title" | "changes">, reader: StateReader): Promise<Plan> =>
  planChanges(draft, reader);
