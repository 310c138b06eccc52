import { isMap, isScalar, isSeq } from "yaml";
import { cycleFindings } from "../../domain/changes/invariants/acyclic-links";
import type { Finding } from "../../domain/errors";
import { isSlugOf, type NodeId, type Slug } from "../../domain/ids";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { entriesOf, type LinksEntry } from "../layout";
import type { Names } from "../names";
import type { ParsedFile } from "../parse-file";
import type { YamlValue } from "../yaml-map";

interface RawLink {
  readonly entry: LinksEntry;
  readonly holder: readonly [NodeKind, Slug];
  readonly other: Slug;
}

/** Collects the links of records that must not lead in a circle: a circle is found whole, before any part of it is put. */
export class RecordCycles {
  private readonly links: RawLink[] = [];

  add({ file, root }: ParsedFile): void {
    for (const entry of acyclicEntries(file.kind)) {
      const value = root.get(entry.key, true);
      const items = (isSeq(value) ? value.items : [value]) as (YamlValue | undefined)[];
      for (const item of items) {
        const target = isMap(item) && entry.targetKey !== undefined ? item.get(entry.targetKey, true) : item;
        const slug = isScalar(target) && typeof target.value === "string" ? target.value : "";
        if (isSlugOf(entry.kind, slug)) this.links.push({ entry, holder: [file.kind, file.slug], other: slug });
      }
    }
  }

  findings(names: Names): Finding[] {
    const graphs = new Map<EdgeKind, Map<NodeId, NodeId[]>>();
    for (const { entry, holder, other } of this.links) {
      const { edge, direction } = entry.relation;
      const ends = [names.idOf(...holder), names.idOf(entry.kind, other)] as const;
      const [from, to] = direction === "in" ? [ends[1], ends[0]] : ends;
      const next = graphs.get(edge) ?? new Map<NodeId, NodeId[]>();
      graphs.set(edge, next);
      const targets = next.get(from) ?? [];
      targets.push(to);
      next.set(from, targets);
    }
    for (const next of graphs.values()) for (const targets of next.values()) targets.sort();
    return [...graphs].flatMap(([edge, next]) => cycleFindings(edge, next));
  }
}

const acyclicEntries = (kind: NodeKind): LinksEntry[] =>
  entriesOf(kind).filter(
    (entry): entry is LinksEntry =>
      entry.is === "links" && (edgeKinds[entry.relation.edge] as EdgeKindSpec).acyclic === true,
  );
