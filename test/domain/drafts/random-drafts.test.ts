import fc from "fast-check";
import type { AppliedChange, Change, EdgeState } from "../../../src/domain/changes/change-set";
import { overlaidState } from "../../../src/domain/changes/overlaid-state";
import { type Plan, planChanges } from "../../../src/domain/changes/plan-commit";
import type { StateReader } from "../../../src/domain/changes/state-reader";
import type { Draft } from "../../../src/domain/drafts/draft-store";
import { extended } from "../../../src/domain/drafts/extend-draft";
import { previewOf } from "../../../src/domain/drafts/conflicts";
import type { NodeId } from "../../../src/domain/ids";
import type { EdgeKindSpec } from "../../../src/domain/ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../../src/domain/ontology/edge-kinds";
import { nodeKindNames } from "../../../src/domain/ontology/node-kinds";
import { emptyHead, type Head, nextHead, scan } from "../../../src/store/memory/head";
import { memoryReader } from "../../../src/store/memory/memory-reader";
import { stateReader } from "../../../src/store/memory/memory-store";
import { BankView } from "../../contract/random/bank-view";
import { randomChanges, randomLinks, randomNodes, slugPool } from "../../contract/random/change-sets";
import { Draw } from "../../contract/random/draw";

const bankOf = (head: Head) => BankView.of(memoryReader(() => head, {}));
const planOf = (changes: readonly Change[], head: Head) =>
  planChanges({ title: "Changes", changes }, stateReader(head));

async function aBank(draw: Draw): Promise<Head> {
  let head = emptyHead;
  for (const step of [randomNodes, randomNodes, randomLinks, randomLinks, randomLinks]) {
    const { changes, findings } = await planOf(step(draw, await bankOf(head)), head);
    if (findings.length === 0) head = nextHead(head, changes);
  }
  return head;
}

/** Changes that can be made: the first found, nothing if none is. */
async function anEdit(draw: Draw, head: Head): Promise<{ readonly changes: readonly Change[]; readonly plan: Plan }> {
  const bank = await bankOf(head);
  for (let attempt = 0; attempt < 12; attempt++) {
    const changes = randomChanges(draw, bank).map(({ expectedRevision: _, ...change }) => change);
    const plan = await planOf(changes, head);
    if (plan.findings.length === 0 && plan.changes.length > 0) return { changes, plan };
  }
  return { changes: [], plan: { changes: [], findings: [] } };
}

/** Items without what drafts may keep otherwise: names that a node only passed through, and gaps between positions. */
function contentOf(head: Head): unknown {
  const items = [...scan(head)].flat();
  const nodes = items.flatMap((item) => ("node" in item ? [{ ...item.node, formerSlugs: [] }] : []));
  const edges = items.flatMap((item) => ("edge" in item ? [item.edge] : []));
  const place = (edge: EdgeState): number => {
    const { orderedBy }: EdgeKindSpec = edgeKinds[edge.edge];
    if (!orderedBy) return 0;
    const list = edges.filter((each) => each.edge === edge.edge && each[orderedBy] === edge[orderedBy]);
    return list.filter((each) => (each.order as number) < (edge.order as number)).length;
  };
  return { nodes, edges: edges.map((edge) => ({ ...edge, order: place(edge) })) };
}

const sorted = (entries: Iterable<readonly [string, unknown]>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

/** All that a state tells of a bank, but for revisions. */
async function toldBy(state: StateReader, ids: readonly NodeId[]): Promise<unknown> {
  const states = (found: ReadonlyMap<string, { readonly state: unknown }>) =>
    sorted([...found].map(([subject, item]) => [subject, item.state] as const));
  const edges: unknown[] = [];
  for (const edge of edgeKindNames)
    for (const end of ["from", "to"] as const) {
      const found = await state.adjacent({ edge, end, of: ids, limit: 2 });
      edges.push(
        sorted([...found].filter(([, list]) => list.length > 0)),
        states(await state.edges([...found.values()].flat())),
      );
    }
  const slugs = [];
  for (const kind of nodeKindNames)
    slugs.push(await state.slugs(kind, 3), sorted(await state.slugOwners(kind, [...slugPool, "a/a", "a/b"])));
  return { nodes: states(await state.nodes(ids)), existing: [...(await state.existing(ids))].sort(), edges, slugs };
}

const seeds = fc.record({ bank: fc.nat(), edits: fc.noShrink(fc.array(fc.nat(), { minLength: 1, maxLength: 12 })) });

describe("a draft", () => {
  it("comes to what its edits come to when each is published at once", async () => {
    let edited = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async ({ bank, edits }) => {
        const published = await aBank(new Draw(bank));
        const under = stateReader(published);
        let direct = published;
        let draft: Pick<Draft, "title" | "changes" | "base"> = { title: "Draft", changes: [], base: {} };
        let applied: readonly AppliedChange[] = [];
        for (const seed of edits) {
          const { changes, plan } = await anEdit(new Draw(seed), direct);
          direct = nextHead(direct, plan.changes);
          edited += plan.changes.length;
          draft = { ...draft, ...(await extended(draft, changes, under, overlaidState(under, applied))) };
          const preview = await previewOf(draft, under);
          expect(preview.findings).toEqual([]);
          applied = preview.changes;
        }
        expect(contentOf(nextHead(published, applied))).toEqual(contentOf(direct));
      }),
      { seed: 3, numRuns: 60 },
    );
    expect(edited).toBeGreaterThan(200);
  });

  it("is read over what is published as if it had been published", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async ({ bank, edits }) => {
        const published = await aBank(new Draw(bank));
        const view = await bankOf(published);
        const changes = edits.flatMap((seed) => randomChanges(new Draw(seed), view));
        const own = await planOf(changes, published);
        const after = nextHead(published, own.changes);
        const ids = [...scan(published), ...scan(after)]
          .flat()
          .flatMap((item) => ("node" in item ? [item.node.id] : []));
        expect(await toldBy(overlaidState(stateReader(published), own.changes), ids)).toEqual(
          await toldBy(stateReader(after), ids),
        );
      }),
      { seed: 4, numRuns: 30 },
    );
  });
});
