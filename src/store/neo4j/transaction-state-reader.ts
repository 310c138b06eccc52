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
  nodeStatesStatement,
  slugOwnersStatement,
} from "./cypher/state";
import type { Run } from "./driver/writes";
import { grouped } from "./grouped";
import { edgeState } from "./stored-edge";
import { nodeState } from "./stored-node";

/** Reads states within a commit's transaction, and remembers at which revisions it found them. */
export class TransactionStateReader implements StateReader {
  /** By subject. */
  readonly revisions = new Map<string, Revision>();

  constructor(private readonly run: Run) {}

  async nodes(ids: readonly NodeId[]) {
    const rows = await this.run(nodeStatesStatement(ids));
    return new Map(
      rows.map(([id, properties]) => {
        const found = nodeState(properties as Properties);
        this.revisions.set(id as NodeId, found.revision);
        return [id as NodeId, found];
      }),
    );
  }

  async edges(keys: readonly EdgeKey[]) {
    const byKind = grouped(keys, ({ edge }) => edge);
    const rows = await Promise.all([...byKind].map(([edge, ofKind]) => this.run(edgeStatesStatement(edge, ofKind))));
    return new Map(
      rows.flat().map(([edge, properties]) => {
        const found = this.edge(edge as EdgeKind, properties as Properties);
        return [edgeSubject(found.state), found];
      }),
    );
  }

  async adjacent(query: Parameters<StateReader["adjacent"]>[0]) {
    const rows = await this.run(adjacentStatement(query));
    return new Map(
      rows.map(([id, found]): [NodeId, readonly EdgeState[]] => [
        id as NodeId,
        (found as readonly Properties[]).map((properties) => this.edge(query.edge, properties).state),
      ]),
    );
  }

  async slugOwners(kind: NodeKind, slugs: readonly Slug[]) {
    const rows = await this.run(slugOwnersStatement(kind, slugs));
    return new Map(rows.map(([key, owner]) => [slugOfKey(key as string), owner as NodeId]));
  }

  async slugs(kind: NodeKind, limit: number) {
    const rows = await this.run(currentSlugsStatement(kind, limit));
    return rows.map(([key]) => slugOfKey(key as string));
  }

  private edge(edge: EdgeKind, properties: Properties) {
    const found = edgeState(edge, properties);
    this.revisions.set(edgeSubject(found.state), found.revision);
    return found;
  }
}
