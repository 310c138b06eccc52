import { type EdgeState, type NodeState, subjectOf } from "../../domain/changes/change-set";
import { nodeStateInView as stateOfNode } from "../../domain/changes/view-state";
import { type EdgeKey, edgeSubject, type Properties, type Revision } from "../../domain/graph/node";
import { compareText } from "../../domain/graph/order";
import type { ScanItem, ScanOptions } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import { type EdgeKind, edgeKindNames } from "../../domain/ontology/edge-kinds";
import { type LoggedChange, loggedChanges } from "./commit-log";
import { changesSinceStatement, lockHeadStatement } from "./cypher/log";
import { scanEdgesStatement, scanNodesStatement } from "./cypher/scan";
import type { Row } from "./cypher/statement";
import type { Reads } from "./driver/reads";
import type { Run, Writes } from "./driver/writes";
import { edgeState } from "./stored-edge";
import { lightNode, nodeState } from "./stored-node";

const pageSize = 1_000;

/**
 * Yields the whole graph as it was at the start, in pages: nodes by id, then edges by kind and ends. With `light`,
 * nodes come without texts. Neo4j has no snapshots, so a page may show later commits. The log is read after each page,
 * while no commit can be under way, and sets the page back.
 */
export async function* scan(
  reads: Reads,
  writes: Writes,
  { light = false }: ScanOptions = {},
  signal?: AbortSignal,
): AsyncIterable<readonly ScanItem[]> {
  const since = await ChangesSince.now(writes);
  for (let after: NodeId | null = null, more = true; more;) {
    const rows: readonly Row[] = await reads.rows(scanNodesStatement(after, pageSize, light), signal);
    await since.update();
    more = rows.length === pageSize;
    const last = more ? (rows.at(-1)![0] as NodeId) : null;
    const found = rows.map(([, value]) => (light ? lightItem(value) : fullItem(value)));
    const page = since.setBack(nodesIn(after, last), found);
    if (page.length > 0) yield light ? page.map(withoutTexts) : page;
    after = last;
  }
  for (const edge of edgeKindNames) {
    for (let after: EdgeKey | null = null, more = true; more;) {
      const rows: readonly Row[] = await reads.rows(scanEdgesStatement(edge, after, pageSize), signal);
      await since.update();
      more = rows.length === pageSize;
      const found = rows.map(([, properties]) => edgeState(edge, properties as Properties));
      const last: EdgeKey | null = more ? found.at(-1)!.state : null;
      const page = since.setBack(
        edgesIn(edge, after, last),
        found.map(({ state, revision }) => ({ edge: state, revision })),
      );
      if (page.length > 0) yield page;
      after = last;
    }
  }
}

function fullItem(properties: unknown): ScanItem {
  const { state, revision } = nodeState(properties as Properties);
  return { node: state, revision };
}

function lightItem(json: unknown): ScanItem {
  const node = lightNode(json);
  return { node: stateOfNode(node, {}), revision: node.changedIn };
}

/** Removes the texts of a node that came from the log, which holds whole nodes. */
const withoutTexts = (item: ScanItem): ScanItem =>
  "node" in item ? { ...item, node: { ...item.node, texts: {} } } : item;

type InPage = (state: NodeState | EdgeState) => boolean;

/**
 * Tests whether a state belongs to the page after one place and up to another. Null stands for the start or the end.
 */
const nodesIn =
  (after: NodeId | null, last: NodeId | null): InPage =>
  (state) =>
    "id" in state && isBetween((place: NodeId) => compareText(state.id, place), after, last);

const edgesIn =
  (edge: EdgeKind, after: EdgeKey | null, last: EdgeKey | null): InPage =>
  (state) =>
    "edge" in state && state.edge === edge && isBetween((place: EdgeKey) => compareEnds(state, place), after, last);

const isBetween = <T>(comparedTo: (place: T) => number, after: T | null, last: T | null): boolean =>
  (after === null || comparedTo(after) > 0) && (last === null || comparedTo(last) <= 0);

const compareEnds = (a: EdgeKey, b: EdgeKey): number => compareText(a.from, b.from) || compareText(a.to, b.to);

/** The changes since a revision: the first change of each item, whose `before` is the item at that revision. */
class ChangesSince {
  private readonly first = new Map<string, LoggedChange>();

  private constructor(
    private readonly writes: Writes,
    private seen: Revision,
  ) {}

  /** Starts at the current head. Locking it waits for a commit under way, which could otherwise be half visible. */
  static async now(writes: Writes): Promise<ChangesSince> {
    return new ChangesSince(writes, await writes.transact(lockedHead));
  }

  async update(): Promise<void> {
    const rows = await this.writes.transact(async (run) => {
      const head = await lockedHead(run);
      return head === this.seen ? [] : run(changesSinceStatement(this.seen));
    });
    for (const row of rows) {
      for (const logged of loggedChanges(row)) {
        const subject = subjectOf(logged.change);
        if (!this.first.has(subject)) this.first.set(subject, logged);
      }
      this.seen = row[0] as Revision;
    }
  }

  setBack(isInPage: InPage, found: readonly ScanItem[]): readonly ScanItem[] {
    const unchanged = found.filter((item) => !this.first.has(subjectOfItem(item)));
    const changed = [...this.first.values()].flatMap(({ change: { before }, previous }): ScanItem[] => {
      if (before === null || !isInPage(before)) return [];
      const revision = previous!;
      return "id" in before ? [{ node: before, revision }] : [{ edge: before, revision }];
    });
    return [...unchanged, ...changed].sort(compareItems).map((item) => Object.freeze(item));
  }
}

const lockedHead = async (run: Run): Promise<Revision> => (await run(lockHeadStatement))[0]![0] as Revision;

const subjectOfItem = (item: ScanItem): string => ("node" in item ? item.node.id : edgeSubject(item.edge));

const compareItems = (a: ScanItem, b: ScanItem): number =>
  "node" in a && "node" in b
    ? compareText(a.node.id, b.node.id)
    : "edge" in a && "edge" in b
      ? compareEnds(a.edge, b.edge)
      : 0;
