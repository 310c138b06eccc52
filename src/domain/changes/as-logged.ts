import { DomainError } from "../errors";
import { edgeSubject, type Revision } from "../graph/node";
import type { NodeState, EdgeState } from "./change-set";
import type { StateReader } from "./state-reader";

/** The reader's state with some items replaced by what the log says of them. `logged` is keyed by subject. */
const asLogged = (reader: StateReader, logged: ReadonlyMap<string, Logged>): StateReader => ({
  ...{
    adjacent: reader.adjacent.bind(reader),
    slugOwners: reader.slugOwners.bind(reader),
    slugs: reader.slugs.bind(reader),
  },
  existing: async (ids) => {
    const found = await reader.existing(ids);
    return new Set(ids.filter((id) => (logged.has(id) ? logged.get(id)?.state : found.has(id))));
  },
  nodes: async (ids) => withLogged(await reader.nodes(ids), ids, logged) as Awaited<ReturnType<StateReader["nodes"]>>,
  edges: async (keys) =>
    withLogged(await reader.edges(keys), keys.map(edgeSubject), logged) as Awaited<ReturnType<StateReader["edges"]>>,
});

/**
 * The reader that a commit is planned with: the given one, or one that shows the logged items of an adoption. Throws
 * CONFLICT if the head is not at the revision that the adoption was made at.
 */
export function adoptingReader(reader: StateReader, adopts: Adoption | undefined, head: Revision): StateReader {
  if (!adopts) return reader;
  if (head !== adopts.at)
    throw new DomainError("CONFLICT", `The head is at revision ${head} now, not at ${adopts.at}: compare again.`);
  return asLogged(reader, adopts.logged);
}

function withLogged<S>(
  found: ReadonlyMap<string, S>,
  subjects: readonly string[],
  logged: ReadonlyMap<string, Logged>,
): ReadonlyMap<string, unknown> {
  const all = new Map<string, unknown>(found);
  for (const subject of subjects) {
    const known = logged.get(subject);
    if (known?.state) all.set(subject, known);
    else if (known) all.delete(subject);
  }
  return all;
}

/**
 * The state of an item according to the log, with the revision of the entry that says so. The state is null if the item
 * does not exist.
 */
export interface Logged {
  readonly state: NodeState | EdgeState | null;
  readonly revision: Revision;
}

/** Changes that other programs made to a store without a log entry, and the revision at which they were found. */
export interface Adoption {
  readonly at: Revision;
  /** Keyed by subject. */
  readonly logged: ReadonlyMap<string, Logged>;
  /** The store's own ids of things that `inspect` found out of place; adopting removes them. */
  readonly strays: readonly string[];
}
