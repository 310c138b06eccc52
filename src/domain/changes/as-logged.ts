import { DomainError } from "../errors";
import { edgeSubject, type Revision } from "../graph/node";
import type { NodeState, EdgeState } from "./change-set";
import type { StateReader } from "./state-reader";

/** The reader's state, but with these items as the log has them, by subject. */
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

/** The reader that a commit is planned with; throws CONFLICT if the head is not where the adoption's caller saw it. */
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

/** What the log says of an item, with the revision that says so; a null state for one that is not there. */
export interface Logged {
  readonly state: NodeState | EdgeState | null;
  readonly revision: Revision;
}

/** What other programs did to a store, and the revision at which it was found. */
export interface Adoption {
  readonly at: Revision;
  /** By subject. */
  readonly logged: ReadonlyMap<string, Logged>;
  /** What `inspect` found astray; it is taken away. */
  readonly strays: readonly string[];
}
