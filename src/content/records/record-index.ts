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

/** The ids and places of all records. It holds a few words for each record, whatever the size of the records. */
export class RecordIndex implements Names {
  /**
   * The places in an order in which the records can be put: kinds that others require come first. Within a kind the
   * order is that of the lines.
   */
  readonly places: readonly RecordPlace[];
  private readonly positions: ReadonlyMap<NodeId, number>;

  /** `renamed` maps each `Kind:slug` that differs from its node's id to that id. */
  constructor(
    found: readonly RecordPlace[],
    private readonly renamed: Map<string, NodeId>,
  ) {
    this.places = [...found].sort((a, b) => creationRank(kindOf(a.id)) - creationRank(kindOf(b.id)));
    this.positions = new Map(this.places.map(({ id }, position) => [id, position]));
  }

  /** Returns the position, in `places`, of the record that holds the node; undefined if none does. */
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

  /** Notes that a slug belongs to a node that the store holds under another id. */
  learn(kind: NodeKind, slug: Slug, id: NodeId): void {
    this.renamed.set(`${kind}:${slug}`, id);
  }
}

/**
 * Reads every record once, for its id and slugs. A line that is not a record, and a second record of a slug, are
 * findings.
 */
export async function indexRecords(
  source: RecordSource,
): Promise<{ readonly index: RecordIndex; readonly findings: readonly FileFinding[] }> {
  const findings: FileFinding[] = [];
  const report = reporterIn(source, findings);
  const places: RecordPlace[] = [];
  /** The line where a slug was first seen, by `Kind:slug`. */
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
    // Slugs of nested nodes can clash only if their owners' slugs do.
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

/** Returns false if every slug in the line is that of its node's id. JSON can spell the key with escapes. */
const mayHoldFormerSlugs = (line: Buffer): boolean => line.includes("formerSlugs") || line.includes("\\u");

const isBlank = (bytes: Buffer): boolean => bytes.length < 100 && bytes.toString("latin1").trim() === "";

export const reporterIn = (source: RecordSource, findings: FileFinding[]): ReportAt =>
  reporterOf({ path: source.name }, findings);
interface RawLink {
  readonly entry: LinksEntry;
  readonly holder: readonly [NodeKind, Slug];
  readonly other: Slug;
}

/** Collects the links of records that must not form a cycle. A cycle is found whole, before any part of it is put. */
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
