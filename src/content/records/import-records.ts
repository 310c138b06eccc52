import { currentDay } from "../../domain/current-day";
import type { Change } from "../../domain/changes/change-set";
import { ChangeSetError } from "../../domain/errors";
import type { GraphReader, GraphStore } from "../../domain/graph/port";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import { viewOf } from "../../domain/rules/bank-view";
import { placed } from "../../domain/rules/refusals";
import type { FileFinding } from "../file-finding";
import { batches } from "../import/batches";
import { edgeChange } from "../import/changes";
import { isRefused, type Quality, weakened } from "../quality";
import type { KeptItem } from "../import/keep-edits";
import { type ImportPlan, planAgainst } from "../import/import-plan";
import { CommitSizes } from "../import/commit-sizes";
import { type BatchLimits, batchLimits } from "../import/packer";
import { commitAll, type RunOptions } from "../import/run-import";
import { judgeRecords } from "./judge-records";
import { LaterChanges, type WeighedChange } from "./later-changes";
import { type ReadRecords, readRecords } from "./read-records";
import { indexRecords, type RecordIndex, type RecordPlace } from "./record-index";
import type { RecordSource } from "./record-source";
import { readStoredRecords, type StoredRecords } from "./stored-records";

export interface RecordsRequest extends Pick<RunOptions, "limits"> {
  readonly dryRun?: boolean;
  /** Default: "off". */
  readonly quality?: Quality;
  /** The records win over what a person edited in the store. */
  readonly overwrite?: boolean;
  /** Told after each commit, in records. */
  onCommit?(progress: { readonly done: number; readonly total: number }): void;
  /** What each part does or would do. */
  onPlan?(plan: ImportPlan): void;
}

export interface RecordsResult {
  /** What is weak in the records, where that was asked for; null where there is too much to be judged. */
  readonly warnings: readonly FileFinding[] | null;
  readonly records: number;
  readonly commits: number;
  readonly changes: number;
  readonly kept: readonly KeptItem[];
  /** By line. When there are any, what could be read before the first of them is in the store, and nothing after it. */
  readonly findings: readonly FileFinding[];
}

/** What is read and compared at once: several commits, since the last one of each part is not filled. */
const part = { records: 2_000, bytes: 3_000_000 };
const mostFindings = 1_000;

/**
 * Brings a store to what records hold, in bounded memory, however many there are and in whatever order they stand. A
 * record is the whole of its node; nodes without one are left alone, and what a person edited is kept unless `overwrite`.
 * Cut short, it goes on when run again. Throws what `commit` throws, but for faults of records, which are findings.
 */
export async function importRecords(
  store: GraphStore,
  source: RecordSource,
  request: RecordsRequest = {},
): Promise<RecordsResult> {
  const { index, findings } = await indexRecords(source);
  const { quality = "off" } = request;
  const refused = (found: readonly FileFinding[]): RecordsResult => ({
    records: index.places.length,
    commits: 0,
    changes: 0,
    kept: [],
    warnings: [],
    findings: found.slice(0, mostFindings),
  });
  if (findings.length > 0) return refused(findings);
  const today = currentDay();
  const judged = quality === "off" ? [] : await judgeRecords(source, index, store.reader(), today);
  const stopping = judged?.filter(isRefused(quality)) ?? [];
  if (stopping.length > 0) return refused(stopping);
  const run = new RecordsImport(store, source, index, request);
  try {
    return { ...(await run.all()), warnings: judged && weakened(judged) };
  } finally {
    await run.close();
  }
}

interface PartState {
  /** Nothing was in the store when the import began. */
  readonly wasEmpty: boolean;
  /** What the part changes has been told and counted, and what of it has to wait is kept. */
  isNoted: boolean;
}

class RecordsImport {
  private readonly later = new LaterChanges();
  private readonly findings: FileFinding[] = [];
  private readonly kept: KeptItem[] = [];
  private readonly sizes: CommitSizes;
  private commits = 0;
  private changes = 0;

  constructor(
    private readonly store: GraphStore,
    private readonly source: RecordSource,
    private readonly index: RecordIndex,
    private readonly request: RecordsRequest,
  ) {
    this.sizes = new CommitSizes(request.limits);
  }

  async all(): Promise<Omit<RecordsResult, "warnings">> {
    const { places } = this.index;
    const wasEmpty = (await this.store.reader().revision()) === 0;
    let done = 0;
    for (const some of partsOf(places)) {
      if (this.findings.length >= mostFindings) break;
      const state = { wasEmpty, isNoted: false };
      await this.sizes.inTime((limits) => this.importPart(some, state, limits));
      done += some.length;
      this.request.onCommit?.({ done, total: places.length });
      // The first statistics tell a store that its tables are no longer empty.
      if (done === some.length && this.commits > 0) await this.store.settle();
    }
    if (this.findings.length === 0 && !this.request.dryRun)
      for await (const changes of this.later.commits(this.request.limits ?? batchLimits))
        await this.sizes.inTime(({ items }) => this.commit(pieces(changes, items)));
    if (this.commits > 0) await this.store.settle();
    return {
      records: places.length,
      commits: this.commits,
      changes: this.changes,
      kept: this.kept,
      findings: this.findings.sort((a, b) => a.line - b.line).slice(0, mostFindings),
    };
  }

  close(): Promise<void> {
    return this.later.close();
  }

  /** Brings some records into the store; what a first try brought into it is no difference to the next one. */
  private async importPart(some: readonly RecordPlace[], part: PartState, limits: BatchLimits): Promise<void> {
    const reader = this.store.reader();
    const records = await readRecords(this.source, this.index, some, reader);
    this.findings.push(...records.findings);
    if (this.findings.length > 0) return;

    const revision = await reader.revision();
    const stored = await readStoredRecords(
      reader,
      some.map(({ id }) => id),
    );
    const plan = await planAgainst(this.store, records, stored, revision, {
      // In a store that was empty nobody can have edited what is not there yet.
      overwrite: this.request.overwrite === true || (part.wasEmpty && stored.nodes.size === 0),
    });
    const split = await this.split(plan, records, stored, reader);
    if (!part.isNoted) {
      this.kept.push(...plan.kept);
      this.request.onPlan?.({ ...plan, gone: [] });
      this.changes += plan.nodes.length + plan.edges.length + plan.removed.length;
      await this.later.add(split.later);
      part.isNoted = true;
    }
    if (!this.request.dryRun) await this.commit(batches(split.now, limits), records);
  }

  /** What can be done now, and what has to wait for records that come later and are not in the store either. */
  private async split(plan: ImportPlan, records: ReadRecords, stored: StoredRecords, reader: GraphReader) {
    const [first] = records.nodes.keys();
    const start = (first && this.index.positionOf(first)) ?? 0;
    const isLater = (id: NodeId) =>
      !records.nodes.has(id) && !stored.nodes.has(id) && (this.index.positionOf(id) ?? -1) > start;
    const added = plan.edges.flatMap(({ before, after }) => (!before && after ? [after.from, after.to] : []));
    const mentioned = [...records.mentions].flatMap(([id, to]) =>
      to.filter((each) => !stored.mentions.get(id)?.has(each)),
    );
    const candidates = [...new Set([...added, ...mentioned])].filter(isLater);
    const there = candidates.length > 0 ? await reader.nodes(candidates) : new Map<NodeId, never>();
    const absent = new Set(candidates.filter((id) => !there.has(id)));

    const waits = ({ before, after }: ImportPlan["edges"][number]) =>
      !before && after !== null && (absent.has(after.from) || absent.has(after.to));
    const rewritten = new Set(plan.nodes.map(({ id }) => id));
    const untold = [...records.mentions].filter(([id, targets]) =>
      targets.some((to) => !stored.mentions.get(id)?.has(to) && (absent.has(to) || !rewritten.has(id))),
    );
    const later: WeighedChange[] = [
      ...plan.edges.filter(waits).map((edge) => ({ change: edgeChange(edge, stored), weight: 1 })),
      ...untold
        .filter(([id]) => rewritten.has(id) || stored.nodes.has(id))
        .map(([id, targets]): WeighedChange => ({
          change: { op: "putNode", id, fields: {} },
          weight: 1 + targets.length,
        })),
    ];
    return { now: { ...plan, edges: plan.edges.filter((edge) => !waits(edge)), unmentioned: [] }, later };
  }

  private async commit(commits: readonly (readonly Change[])[], records?: ReadRecords): Promise<void> {
    const { name } = this.source;
    for (const changes of commits) {
      try {
        this.commits += await commitAll(this.store, [changes], {
          actor: { kind: "import", name: "import" },
          title: () => `Import ${name}`,
        });
      } catch (error) {
        if (!(error instanceof ChangeSetError)) throw error;
        this.findings.push(...this.placed(error, records));
        return;
      }
    }
  }

  private placed({ findings }: ChangeSetError, records?: ReadRecords): FileFinding[] {
    const view = viewOf(records ?? { nodes: new Map(), edges: [] });
    return findings.map((finding) => {
      const { rule, severity, structural, node, message, hint } = placed(finding, view);
      const line = this.index.lineOf(ownerIdOf(node));
      return {
        rule,
        severity,
        structural,
        file: this.source.name,
        line,
        column: 1,
        message,
        ...(hint ? { hint } : {}),
      };
    });
  }
}

function pieces<T>(all: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

function* partsOf(places: readonly RecordPlace[]): Iterable<readonly RecordPlace[]> {
  let some: RecordPlace[] = [];
  let bytes = 0;
  for (const place of places) {
    if (some.length > 0 && (some.length === part.records || bytes + place.length > part.bytes)) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(place);
    bytes += place.length;
  }
  if (some.length > 0) yield some;
}
