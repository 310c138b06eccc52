import { isSeq, isMap, isScalar } from "yaml";
import { compareText } from "../../domain/graph/order";
import { firstSlugOf, isSlugOf, kindOf, nodeId, type NodeId, ownerIdOf, type Slug } from "../../domain/ids";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import { cycleFindings } from "../../domain/changes/invariants/acyclic-links";
import type { Finding } from "../../domain/errors";
import type { EdgeKindSpec } from "../../domain/ontology/edge-kind";
import { type EdgeKind, edgeKinds } from "../../domain/ontology/edge-kinds";
import type { FileFinding } from "../file-finding";
import { creationRank } from "../import/required-links";
import { type Names, namesIn, ownName } from "../names";
import { type ParsedFile, type ReportAt, reporterOf } from "../parse-file";
import { type LinksEntry, entriesOf } from "../layout";
import type { YamlValue } from "../yaml-map";
import { parseRecord } from "./parse-record";
import { lineLimit, type LinePlace, type RecordSource } from "./record-source";

export interface RecordPlace extends LinePlace {
  readonly id: NodeId;
  readonly line: number;
}

/** Which records there are and where. It holds a few words of each, whatever the size of the records. */
export class RecordIndex implements Names {
  /** In an order in which they can be put: what others cannot be without comes before them; else as they stand. */
  readonly places: readonly RecordPlace[];
  private readonly positions: ReadonlyMap<NodeId, number>;

  /** `renamed` are the ids of the slugs that do not stand in their node's id, by `Kind:slug`. */
  constructor(
    found: readonly RecordPlace[],
    private readonly renamed: Map<string, NodeId>,
  ) {
    this.places = [...found].sort((a, b) => creationRank(kindOf(a.id)) - creationRank(kindOf(b.id)));
    this.positions = new Map(this.places.map(({ id }, position) => [id, position]));
  }

  /** The place in the order of the record that holds the node; undefined if none does. */
  positionOf(id: NodeId): number | undefined {
    return this.positions.get(ownerIdOf(id));
  }

  lineOf(id: NodeId): number {
    return this.places[this.positionOf(id) ?? -1]?.line ?? 1;
  }

  idOf(kind: NodeKind, slug: Slug): NodeId {
    const plain = `${kind}:${slug}` as NodeId;
    if (this.renamed.size === 0) return plain;
    const known = this.renamed.get(plain);
    if (known) return known;
    const spec = nodeKinds[kind];
    if (!("ownedBy" in spec)) return plain;
    const [owner, own] = slug.split("/") as [string, string];
    return nodeId(kind, `${firstSlugOf(this.idOf(spec.ownedBy, owner))}/${own}`);
  }

  isSound = (): boolean => true;

  /** The slug is one of a node that the store holds and the records do not. */
  learn(kind: NodeKind, slug: Slug, id: NodeId): void {
    this.renamed.set(`${kind}:${slug}`, id);
  }
}

/** Reads every record once, for what it is called; what is no record, or a second one of a slug, is a finding. */
export async function indexRecords(
  source: RecordSource,
): Promise<{ readonly index: RecordIndex; readonly findings: readonly FileFinding[] }> {
  const findings: FileFinding[] = [];
  const report = reporterIn(source, findings);
  const places: RecordPlace[] = [];
  /** The line in which a slug was first seen, by `Kind:slug`. */
  const claims = new Map<string, number>();
  const renamed = new Map<string, NodeId>();
  const cycles = new RecordCycles();
  for await (const { number: line, offset, length, bytes: atHand } of source.lines()) {
    if (length > lineLimit) {
      report("json-record", { line, column: 1 }, `The line has ${length} bytes; at most ${lineLimit} are read.`);
      continue;
    }
    const bytes = atHand ?? (await source.read({ offset, length }));
    if (isBlank(bytes)) continue;
    const parsed = parseRecord(bytes, source.name, line, report);
    if (!parsed) continue;
    const names = mayHoldFormerSlugs(bytes) ? namesIn(parsed) : ([ownName(parsed)] as const);
    const [{ id, slugs }] = names;
    const taken = slugs.find((slug) => claims.has(`${kindOf(id)}:${slug}`));
    if (taken !== undefined) {
      const before = claims.get(`${kindOf(id)}:${taken}`);
      const message = `The slug ${JSON.stringify(taken)} belongs to the record in line ${before}.`;
      report("slug-taken", { line, column: 1 }, message);
      continue;
    }
    // Slugs of nested nodes cannot be anywhere else unless their owner's slug is.
    for (const slug of slugs) claims.set(`${kindOf(id)}:${slug}`, line);
    for (const name of names)
      for (const slug of name.slugs) {
        const plain = `${kindOf(name.id)}:${slug}`;
        if (plain !== name.id) renamed.set(plain, name.id);
      }
    cycles.add(parsed);
    places.push({ id, line, offset, length });
  }
  const index = new RecordIndex(places, renamed);
  for (const { subject, message } of cycles.findings(index))
    report(
      "cycle",
      { line: index.lineOf(subject as NodeId), column: 1 },
      message,
      "Drop the link whose reason is weakest.",
    );
  return {
    index,
    findings: findings.sort((a, b) => a.line - b.line || compareText(a.message, b.message)),
  };
}

/** False where every slug stands in its node's id. JSON can spell the key with escapes. */
const mayHoldFormerSlugs = (line: Buffer): boolean => line.includes("formerSlugs") || line.includes("\\u");

const isBlank = (bytes: Buffer): boolean => bytes.length < 100 && bytes.toString("latin1").trim() === "";

/** Reports faults of the form of records. */
export const reporterIn = (source: RecordSource, findings: FileFinding[]): ReportAt =>
  reporterOf({ path: source.name }, findings);
interface RawLink {
  readonly entry: LinksEntry;
  readonly holder: readonly [NodeKind, Slug];
  readonly other: Slug;
}

/** Collects the links of records that must not lead in a circle: a circle is found whole, before any part of it is put. */
class RecordCycles {
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
