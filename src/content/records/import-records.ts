import type { ChangeSet, CheckedChangeSet } from "../../domain/changes/change-set";
import { checkForm } from "../../domain/changes/check-change";
import { currentDay } from "../../domain/current-day";
import { ChangeSetError, type Finding } from "../../domain/errors";
import type { GraphReader, GraphStore } from "../../domain/graph/port";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import { bankView } from "../../domain/rules/bank-view";
import { placed } from "../../domain/rules/refusals";
import type { FileFinding } from "../file-finding";
import { batches } from "../import/batches";
import { CommitSizes } from "../import/commit-sizes";
import { type ImportPlan, planAgainst } from "../import/import-plan";
import type { KeptItem } from "../import/keep-edits";
import { batchLimits } from "../import/packer";
import { edgeChange } from "../import/removal-groups";
import { type Committer, committerOf, type RunOptions } from "../import/run-import";
import { isRefused, judgeRecords, type Quality, weakened } from "../quality";
import { LaterChanges, type WeighedChange } from "./later-changes";
import { readRecords, type ReadRecords } from "./read-records";
import { indexRecords, type RecordIndex, type RecordPlace } from "./record-index";
import type { RecordSource } from "./record-source";
import { readStoredRecords, type StoredRecords } from "./stored-records";

export interface RecordsRequest extends Pick<RunOptions, "limits"> {
  readonly dryRun?: boolean;
  /** The treatment of findings; "off" by default. */
  readonly quality?: Quality;
  /** Records win over a person's edits in the store. */
  readonly overwrite?: boolean;
  /** Called after each part of the records, whether or not it needed a commit. `done` and `total` count records. */
  onCommit?(progress: { readonly done: number; readonly total: number }): void;
  /** Called with the plan of each part, also in a dry run. */
  onPlan?(plan: ImportPlan): void;
  /** Makes the commits while the next records are read; the store by default. */
  readonly committer?: Committer;
}

export interface RecordsResult {
  /** Weaknesses of the records; empty with quality "off", null if the records are too large to be judged. */
  readonly warnings: readonly FileFinding[] | null;
  readonly records: number;
  readonly commits: number;
  readonly changes: number;
  readonly kept: readonly KeptItem[];
  /**
   * Findings by line, at most 1,000. If there are any, the store may hold what was committed before the first one was
   * found, and nothing after it.
   */
  readonly findings: readonly FileFinding[];
}

/**
 * The size of a part, which is read and compared at once: a commit or two of questions. Two parts are in memory
 * together, with their garbage until it is collected. Smaller parts would leave more commits unfilled.
 */
const part = { records: 2_000, bytes: 1_100_000 };
const maxFindings = 1_000;

/**
 * Makes a store hold what records hold, in bounded memory, whatever their number and order. A record is the whole of
 * its node. Nodes without a record are left alone, and a person's edits are kept unless `overwrite` is set. An
 * interrupted import resumes when run again. Throws the errors of `commit`, except faults of records, which are
 * findings.
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
    findings: found.slice(0, maxFindings),
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

/** Some records, with the work to do for them; without `work` if anything is wrong. */
interface Part {
  readonly places: readonly RecordPlace[];
  readonly records: ReadRecords;
  readonly work?: PartWork;
}

interface PartWork {
  readonly plan: ImportPlan;
  readonly commits: readonly CheckedChangeSet[];
}

class RecordsImport {
  private readonly later = new LaterChanges();
  private readonly findings: FileFinding[] = [];
  private readonly kept: KeptItem[] = [];
  private readonly sizes: CommitSizes;
  private readonly committer: Committer;
  /** Nested nodes of records that were read, but may not be in the store yet. The index knows none of them. */
  private readonly pending = new Set<NodeId>();
  private wasEmpty = false;
  private commits = 0;
  private changes = 0;

  constructor(
    private readonly store: GraphStore,
    private readonly source: RecordSource,
    private readonly index: RecordIndex,
    private readonly request: RecordsRequest,
  ) {
    this.sizes = new CommitSizes(request.limits);
    this.committer = request.committer ?? committerOf(store);
  }

  async all(): Promise<Omit<RecordsResult, "warnings">> {
    const all = this.index.places;
    this.wasEmpty = (await this.store.reader().revision()) === 0;
    const parts = [...partsOf(all)];
    let part = parts[0] && (await this.prepared(parts[0]));
    for (let next = 1, done = 0; part && this.findings.length < maxFindings; next++) {
      const places = parts[next];
      this.notePending(part);
      // The order matters: commits of another thread are on their way before this thread is busy with the next part.
      const [, following] = await Promise.all([this.bring(part), places && this.prepared(places)]);
      done += part.places.length;
      this.request.onCommit?.({ done, total: all.length });
      // The first statistics tell a store that its tables are no longer empty.
      if (next === 1 && this.commits > 0) await this.committer.settle();
      part = following;
    }
    if (this.findings.length === 0 && !this.request.dryRun)
      for await (const changes of this.later.commits(this.request.limits ?? batchLimits))
        await this.sizes.inTime(() =>
          this.commit(pieces(changes, this.sizes.limits.items).map((each) => this.titled(each))),
        );
    if (this.commits > 0) await this.committer.settle();
    return {
      records: all.length,
      commits: this.commits,
      changes: this.changes,
      kept: this.kept,
      findings: this.findings.sort((a, b) => a.line - b.line).slice(0, maxFindings),
    };
  }

  close(): Promise<void> {
    return this.later.close();
  }

  /** Marks nested nodes of the part as pending: the store may lack them until the next part has been read. */
  private notePending({ records }: Part): void {
    if (!this.request.dryRun) this.pending.clear();
    for (const id of records.nodes.keys()) if (ownerIdOf(id) !== id) this.pending.add(id);
  }

  private async prepared(places: readonly RecordPlace[]): Promise<Part> {
    const records = await this.read(places);
    this.findings.push(...records.findings);
    if (this.findings.length > 0) return { places, records };
    const { later, ...work } = await this.compared(places, records);
    await this.later.add(later);
    return { places, records, ...(this.findings.length === 0 && { work }) };
  }

  private read(places: readonly RecordPlace[]): Promise<ReadRecords> {
    return readRecords(this.source, this.index, places, this.store.reader(), this.pending);
  }

  /** Returns the work for a part. `later` holds changes that must wait for records that come after it. */
  private async compared(
    places: readonly RecordPlace[],
    records: ReadRecords,
  ): Promise<PartWork & { readonly later: readonly WeighedChange[] }> {
    const reader = this.store.reader();
    const revision = await reader.revision();
    const stored = await readStoredRecords(
      reader,
      places.map(({ id }) => id),
    );
    const plan = await planAgainst(this.store, records, stored, revision, {
      // In a store that was empty, nobody can have edited nodes that do not exist yet.
      overwrite: this.request.overwrite === true || (this.wasEmpty && stored.nodes.size === 0),
    });
    const { now, later } = await this.split(plan, records, stored, reader);
    const findings: Finding[] = [];
    const commits = batches(now, this.sizes.limits).map((changes) => checkForm(this.titled(changes), findings));
    this.findings.push(...this.placed(findings, records));
    return { plan, later, commits };
  }

  /** Commits a part. A retry compares again, so changes that a first try committed are no longer differences. */
  private async bring({ places, records, work }: Part): Promise<void> {
    if (!work || this.findings.length > 0) return;
    const { plan, commits } = work;
    this.kept.push(...plan.kept);
    this.request.onPlan?.({ ...plan, gone: [] });
    this.changes += plan.nodes.length + plan.edges.length + plan.removed.length;
    if (this.request.dryRun) return;
    await this.sizes.inTime(async (isAgain) => {
      const left = isAgain ? (await this.compared(places, await this.read(places))).commits : commits;
      await this.commit(left, records);
    });
  }

  /** Splits a plan into changes for now and changes that need later records which the store lacks. */
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

  private titled(changes: ChangeSet["changes"]): ChangeSet {
    return { title: `Import ${this.source.name}`, changes };
  }

  private async commit(commits: readonly ChangeSet[], records?: ReadRecords): Promise<void> {
    try {
      await this.committer.commitAll(commits, { kind: "import", name: "import" }, () => this.commits++);
    } catch (error) {
      if (!(error instanceof ChangeSetError)) throw error;
      this.findings.push(...this.placed(error.findings, records));
    }
  }

  private placed(findings: readonly Finding[], records?: ReadRecords): FileFinding[] {
    if (findings.length === 0) return [];
    const view = bankView(records ?? { nodes: new Map(), edges: [] });
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
