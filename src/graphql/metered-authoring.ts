import type { StateReader } from "../domain/changes/state-reader";
import type { Database } from "../domain/database";
import type { Authoring } from "./graph-access";
import type { Meter } from "./limits/meter";

/** What mutations are planned with: at the head, and in a commit. */
export const meteredAuthoring = (authoring: Authoring, meter: Meter): Authoring => ({
  ...authoring,
  get database() {
    const { database } = authoring;
    const commit: Database["commit"] = (given, options) =>
      database.commit(
        typeof given === "function" ? (state, log) => given(meteredState(state, meter), log) : given,
        options,
      );
    return Object.create(database, { commit: { value: commit } }) as Database;
  },
  head: async () => {
    const head = await authoring.head();
    return { ...head, state: meteredState(head.state, meter) };
  },
});

const meteredState = (state: StateReader, meter: Meter): StateReader => ({
  nodes: (ids) => {
    meter.planning(ids.length);
    return state.nodes(ids);
  },
  existing: (ids) => {
    meter.planning(ids.length);
    return state.existing(ids);
  },
  edges: (keys) => {
    meter.planning(2 * keys.length);
    return state.edges(keys);
  },
  adjacent: async (query) => {
    const found = await state.adjacent(query);
    let links = query.of.length;
    for (const edges of found.values()) links += edges.length;
    meter.planning(links);
    return found;
  },
  slugOwners: (kind, slugs) => {
    meter.planning(slugs.length);
    return state.slugOwners(kind, slugs);
  },
  slugs: async (kind, limit) => {
    const found = await state.slugs(kind, limit);
    meter.planning(found.length);
    return found;
  },
});
