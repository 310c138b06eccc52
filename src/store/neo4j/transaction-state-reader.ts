import type { EdgeState } from "../../domain/changes/change-set";
import type { StateReader } from "../../domain/changes/state-reader";
import { type EdgeKey, edgeSubject, type Properties, type Revision } from "../../domain/graph/node";
import type { NodeId, Slug } from "../../domain/ids";
import type { EdgeKind } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { slugOfKey } from "./cypher/look-ups";
import {
  adjacentStatement,
  currentSlugsStatement,
  edgeStatesStatement,
  nodesThereStatement,
  nodeStatesStatement,
  slugOwnersStatement,
} from "./cypher/state";
import type { Row, Statement } from "./cypher/statement";
import type { Run } from "./driver/writes";
import { edgeState } from "./stored-edge";
import { nodeState } from "./stored-node";

/**
 * Reads states within a commit's transaction. It remembers the revisions of the items that it found, and the nodes that
 * do not exist. A commit mostly asks for links of nodes that it will create; no statement is needed to know that these
 * have none.
 */
export class TransactionStateReader implements StateReader {
  /**
   * The revision at which each item that was read in full last changed, by subject: a node's id or an `edgeSubject`.
   */
  readonly revisions = new Map<string, Revision>();
  private readonly absent = new Set<NodeId>();

  constructor(private readonly run: Run) {}

  async nodes(ids: readonly NodeId[]) {
    const rows = await this.rowsFor(ids, nodeStatesStatement);
    const found = new Map(rows.map(([id, properties]) => [id as NodeId, nodeState(properties as Properties)]));
    for (const [id, { revision }] of found) this.revisions.set(id, revision);
    for (const id of ids) if (!found.has(id)) this.absent.add(id);
    return found;
  }

  async existing(ids: readonly NodeId[]) {
    const found = new Set((await this.rowsFor(ids, nodesThereStatement)).map(([id]) => id as NodeId));
    for (const id of ids) if (!found.has(id)) this.absent.add(id);
    return found;
  }

  async edges(keys: readonly EdgeKey[]) {
    const possible = keys.filter(({ from, to }) => !this.absent.has(from) && !this.absent.has(to));
    const rows = await this.rowsFor(possible, edgeStatesStatement);
    return new Map(
      rows.map(([edge, properties]) => {
        const found = this.edge(edge as EdgeKind, properties as Properties);
        return [edgeSubject(found.state), found];
      }),
    );
  }

  async adjacent(query: Parameters<StateReader["adjacent"]>[0]) {
    const possible = query.of.filter((id) => !this.absent.has(id));
    const rows = await this.rowsFor(possible, (of) => adjacentStatement({ ...query, of }));
    return new Map(
      rows.map(([id, found]): [NodeId, readonly EdgeState[]] => [
        id as NodeId,
        (found as readonly Properties[]).map((properties) => this.edge(query.edge, properties).state),
      ]),
    );
  }

  async slugOwners(kind: NodeKind, slugs: readonly Slug[]) {
    const rows = await this.rowsFor(slugs, (asked) => slugOwnersStatement(kind, asked));
    return new Map(rows.map(([key, owner]) => [slugOfKey(key as string), owner as NodeId]));
  }

  async slugs(kind: NodeKind, limit: number) {
    const rows = await this.run(currentSlugsStatement(kind, limit));
    return rows.map(([key]) => slugOfKey(key as string));
  }

  private rowsFor<T>(asked: readonly T[], statement: (asked: readonly T[]) => Statement): Promise<readonly Row[]> {
    return asked.length === 0 ? Promise.resolve([]) : this.run(statement(asked));
  }

  private edge(edge: EdgeKind, properties: Properties) {
    const found = edgeState(edge, properties);
    this.revisions.set(edgeSubject(found.state), found.revision);
    return found;
  }
}
