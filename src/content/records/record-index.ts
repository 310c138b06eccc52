import { compareText } from "../../domain/graph/order";
import { firstSlugOf, kindOf, nodeId, type NodeId, ownerIdOf, type Slug } from "../../domain/ids";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import type { FileFinding } from "../file-finding";
import { creationRank } from "../import/required-links";
import { type Names, namesIn } from "../names";
import { type ReportAt, reporterOf } from "../parse-file";
import { RecordCycles } from "./record-cycles";
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
  const claims = new Map<string, { readonly id: NodeId; readonly line: number }>();
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
    const names = namesIn(parsed);
    const taken = names.flatMap(({ id, slugs }) =>
      slugs.flatMap((slug) => {
        const claim = claims.get(`${kindOf(id)}:${slug}`);
        return claim ? [{ slug, line: claim.line }] : [];
      }),
    )[0];
    if (taken) {
      const message = `The slug ${JSON.stringify(taken.slug)} belongs to the record in line ${taken.line}.`;
      report("slug-taken", { line, column: 1 }, message);
      continue;
    }
    for (const { id, slugs } of names)
      for (const slug of slugs) {
        const key = `${kindOf(id)}:${slug}`;
        // Nested ones cannot be anywhere else unless their owner's slug is, so they are not kept.
        if (ownerIdOf(id) === id) claims.set(key, { id, line });
        if (key !== id) renamed.set(key, id);
      }
    cycles.add(parsed);
    places.push({ id: (names[0] as { id: NodeId }).id, line, offset, length });
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

const isBlank = (bytes: Buffer): boolean => bytes.length < 100 && bytes.toString("latin1").trim() === "";

/** Reports faults of the form of records. */
export const reporterIn = (source: RecordSource, findings: FileFinding[]): ReportAt =>
  reporterOf({ path: source.name }, findings);
