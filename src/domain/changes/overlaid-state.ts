import { type EdgeKey, edgeSubject } from "../graph/node";
import { compareText } from "../graph/order";
import type { NodeId, Slug } from "../ids";
import { type AppliedChange, type EdgeState, type NodeState, subjectOf } from "./change-set";
import type { StateReader } from "./state-reader";

/**
 * The state after the changes, which were planned against `under`. An item keeps its revision in `under`; a new item
 * has revision 0.
 */
export function overlaidState(under: StateReader, changes: readonly AppliedChange[]): StateReader {
  const after = new Map<string, NodeState | EdgeState | null>(
    changes.map((change) => [subjectOf(change), change.after]),
  );
  const nodes = changes.flatMap((change) => ("node" in change && change.after ? [change.after] : []));
  const edgesAt = new Map<string, EdgeState[]>();
  for (const change of changes) {
    if (!("edge" in change) || !change.after) continue;
    for (const end of ["from", "to"] as const) {
      const place = `${change.edge} ${end} ${change[end]}`;
      const there = edgesAt.get(place);
      if (there) there.push(change.after);
      else edgesAt.set(place, [change.after]);
    }
  }

  /**
   * The items that exist after the changes, each with its state and revision. `found` is what `under` holds of them.
   */
  async function items<Q, S extends NodeState | EdgeState>(
    asked: readonly Q[],
    subjectFor: (each: Q) => string,
    found: ReadonlyMap<string, { readonly state: S; readonly revision: number }>,
  ): Promise<[string, { readonly state: S; readonly revision: number }][]> {
    return asked.flatMap((each) => {
      const subject = subjectFor(each);
      const stored = found.get(subject);
      const state = after.has(subject) ? (after.get(subject) as S | null) : stored?.state;
      return state ? [[subject, { state, revision: stored?.revision ?? 0 }]] : [];
    });
  }

  return {
    nodes: async (ids) => {
      const found = await items<NodeId, NodeState>(ids, (id) => id, await under.nodes(ids));
      return new Map(found as [NodeId, (typeof found)[number][1]][]);
    },
    existing: async (ids) => {
      const found = await under.existing(ids);
      return new Set(ids.filter((id) => (after.has(id) ? after.get(id) : found.has(id))));
    },
    edges: async (keys) => new Map(await items<EdgeKey, EdgeState>(keys, edgeSubject, await under.edges(keys))),
    adjacent: async ({ edge, end, of, limit }) => {
      const gone = changes.filter((change) => "edge" in change && change.edge === edge).length;
      const stored = await under.adjacent({ edge, end, of, limit: limit + gone });
      const other = end === "from" ? "to" : "from";
      return new Map(
        of.map((id): [NodeId, readonly EdgeState[]] => [
          id,
          [
            ...(stored.get(id) ?? []).filter((state) => !after.has(edgeSubject(state))),
            ...(edgesAt.get(`${edge} ${end} ${id}`) ?? []),
          ]
            .sort((a, b) => compareText(a[other], b[other]))
            .slice(0, limit),
        ]),
      );
    },
    slugOwners: async (kind, slugs) => {
      const owners = new Map(await under.slugOwners(kind, slugs));
      const wanted = new Set(slugs);
      for (const node of nodes) {
        if (node.kind !== kind) continue;
        for (const slug of [...node.formerSlugs, node.slug]) if (wanted.has(slug)) owners.set(slug, node.id);
      }
      return owners;
    },
    slugs: async (kind, limit) => {
      const changed = changes.flatMap((change) => ("node" in change ? [change] : []));
      const gone = new Set(changed.flatMap(({ before }) => (before?.kind === kind ? [before.slug] : [])));
      const stored = await under.slugs(kind, limit + gone.size);
      const own = nodes.flatMap((node): Slug[] => (node.kind === kind ? [node.slug] : []));
      return [...stored.filter((slug) => !gone.has(slug)), ...own].sort(compareText).slice(0, limit);
    },
  };
}
