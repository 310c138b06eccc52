import type { StateReader } from "../../domain/changes/state-reader";
import { stateOfView } from "../../domain/changes/view-state";
import type { Head } from "./head";

/** The state that the next commit is planned against. */
export const stateReader = ({ model, texts }: Head): StateReader =>
  stateOfView(model, async (ids) => new Map(ids.map((id) => [id, texts.get(id) ?? {}])));
