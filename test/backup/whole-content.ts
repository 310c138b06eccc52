import { verifyChain } from "../../src/domain/changes/verify-chain";
import type { Database } from "../../src/domain/database";
import { findDrift } from "../../src/domain/drift";
import type { NodeState } from "../../src/domain/changes/change-set";
import { subjectOf } from "../../src/domain/changes/change-set";
import { scannedItems } from "../../src/domain/graph/port";
import { kindOf } from "../../src/domain/ids";
import { wholeCommits } from "../builders/whole-commits";

/** Everything that a store tells of itself through its port, save for what a call's repetition tells. */
export async function wholeContent(store: Database): Promise<unknown> {
  const commits = await wholeCommits(store, { first: 10_000 });
  const changes = commits.flatMap((commit) => commit.changes);
  const subjects = [...new Set(changes.map(subjectOf))].sort();
  const parts = [];
  for (const { revision } of commits)
    for (const holding of ["changes", "nodes"] as const)
      parts.push(await store.parts({ revision, of: holding, first: 10_000 }));
  const items = [];
  for await (const item of scannedItems(store.reader().scan())) items.push(item);
  const slugs = new Map<string, unknown>();
  for (const { kind, slug } of changes.flatMap((change) => ("node" in change ? statesOf(change) : [])))
    slugs.set(`${kind}:${slug}`, (await store.reader().idsBySlug(kind, [slug])).get(slug));
  const histories = [];
  for (const subject of subjects.filter((_, index) => index % 7 === 0))
    histories.push(await store.history(subject, { first: 1_000 }));
  return {
    head: await store.head(),
    commits,
    parts,
    items,
    slugs,
    histories,
    lastChanges: await store.lastChanges(subjects),
    drafts: await store.drafts.drafts({ first: 10_000 }),
    keys: await store.keys.keys(),
  };
}

const statesOf = ({ before, after }: { readonly before: NodeState | null; readonly after: NodeState | null }) =>
  [before, after].flatMap((state) =>
    state ? [state.slug, ...state.formerSlugs].map((slug) => ({ kind: kindOf(state.id), slug })) : [],
  );

/** Everything in the log and the graph up to a revision. */
export async function contentUpTo(store: Database, revision: number): Promise<unknown> {
  const heads = (await store.log({ first: 10_000 })).filter((head) => head.revision <= revision);
  const parts = [];
  for (const head of heads) parts.push(await store.parts({ revision: head.revision, of: "changes", first: 1_000 }));
  const items = [];
  for await (const item of scannedItems(store.reader().scan())) if (item.revision <= revision) items.push(item);
  return { heads, parts, items };
}

/** Fails unless the log is chained and the graph is as the log has it. */
export async function expectSound(store: Database): Promise<void> {
  expect((await verifyChain(store)).faults).toEqual([]);
  expect(await findDrift(store)).toMatchObject({ items: [], strays: [] });
}
