import type { AppliedChange, HeadId } from "../../domain/changes/change-set";
import { changesOf, headsAfter, type Log } from "../../domain/changes/read-log";
import { undone } from "../../domain/changes/revert";
import { ByteCache, type CacheUsage } from "../../domain/byte-cache";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import type { GraphReader } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import type { LongTexts, NodeKind } from "../../domain/ontology/node-kinds";
import { rebased } from "./load-model";
import type { ReadModel } from "./read-model";

/** How far back a view may lie, in commits and in the items that they changed: what it takes to make one. */
export const pastLimits = { commits: 200, changes: 20_000 } as const;

/** Bytes that views which are kept may take. */
export const pastViewBytes = 48_000_000;

/** Bytes of a view of few changes: it has orders of its own, and keeps what has changed since then. So eight are kept at most. */
const bytesOfView = 5_900_000;

/** How much larger what is made of a commit is than its JSON. */
const bytesPerCharacter = 3;

type Texts = LongTexts<NodeKind>;

/** The graph as it was at a revision. What changed since then is taken from the log, the rest from what is there now. */
export class PastView {
  private reading: Promise<void> = Promise.resolve();

  private constructor(
    readonly model: ReadModel,
    private readonly log: Log,
    /** Texts of the nodes that changed since then, as they were; none for those that were not there. */
    private readonly texts: Map<NodeId, Texts | undefined>,
    private readUpTo: Revision,
    private changeBytes: number,
  ) {}

  /** What it takes beside the model that it was made from. It grows with texts that are changed later, and with what is asked of it. */
  get bytes(): number {
    return bytesOfView + this.changeBytes + this.model.answerUsage.bytes();
  }

  /** From a model at or after the revision. Throws TOO_COMPLEX where too much has changed in between. */
  static async before(head: ReadModel, revision: Revision, log: Log): Promise<PastView> {
    const { at, commits } = await commitsBetween(revision, head, log);
    const changes = undone(commits);
    const texts = changes.flatMap((change): [NodeId, Texts | undefined][] =>
      "node" in change ? [[change.node, change.after?.texts]] : [],
    );
    const model = head.apply(
      changes.flatMap((change) => rebased(change, head)),
      at,
    );
    return new PastView(model, log, new Map(texts), head.revision, sizeOf(changes));
  }

  /** The long texts of nodes, by id. The reader tells those that have not changed. */
  async textsOf(ids: readonly NodeId[], reader: Pick<GraphReader, "texts">): Promise<ReadonlyMap<NodeId, Texts>> {
    const found = new Map(await reader.texts(ids.filter((id) => !this.texts.has(id))));
    // What the reader told may be newer than what was known of the log.
    await (this.reading = this.reading.catch(() => undefined).then(() => this.readOn()));
    for (const id of ids) {
      if (!this.texts.has(id)) continue;
      const texts = this.texts.get(id);
      if (texts) found.set(id, texts);
      else found.delete(id);
    }
    return found;
  }

  private async readOn(): Promise<void> {
    for await (const { revision } of headsAfter(this.log, this.readUpTo)) {
      for await (const changes of changesOf(this.log, revision)) {
        for (const change of changes) {
          if (!("node" in change) || this.texts.has(change.node)) continue;
          this.texts.set(change.node, change.before?.texts);
          this.changeBytes += sizeOf(change.before?.texts ?? null);
        }
      }
      this.readUpTo = revision;
    }
  }
}

interface KeptView {
  readonly bank: object;
  readonly view: PastView;
}

const sizeOf = (value: unknown): number => bytesPerCharacter * JSON.stringify(value).length;

/** Views of the past that were asked for lately. */
export class PastViews {
  private readonly kept = new ByteCache<Revision, KeptView>("pastViews", pastViewBytes);
  /** Those that are being made, so that who asks for one meanwhile gets the same. */
  private readonly making = new Map<string, Promise<PastView>>();

  constructor(private readonly log: Log) {}

  get usage(): CacheUsage {
    return this.kept;
  }

  /**
   * The view at a revision that lies before the model's or is its own. `bank` stands for the bank that the model is of:
   * where another one is there, its revisions are others. Throws TOO_COMPLEX if that is too far back.
   */
  async at(revision: Revision, head: ReadModel, bank: object): Promise<PastView> {
    if (head.revision - revision > pastLimits.commits) throw tooFarBack();
    const known = this.kept.get(revision);
    const view = known?.bank === bank ? known.view : await this.made(revision, head);
    this.kept.set(revision, { bank, view }, view.bytes);
    return view;
  }

  private made(revision: Revision, head: ReadModel): Promise<PastView> {
    const key = `${revision} ${head.hash}`;
    const known = this.making.get(key);
    if (known) return known;
    const view = PastView.before(head, revision, this.log).finally(() => this.making.delete(key));
    this.making.set(key, view);
    return view;
  }
}

interface Between {
  /** The entry that made the revision at which the stretch begins. */
  readonly at: HeadId;
  readonly commits: readonly { readonly changes: readonly AppliedChange[] }[];
}

/** The commits from a revision to the head. Throws CONFLICT if another bank is there by now. */
async function commitsBetween(after: Revision, head: ReadModel, log: Log): Promise<Between> {
  let at: HeadId = { revision: after, hash: "" };
  let last = at;
  const revisions: Revision[] = [];
  let items = 0;
  for await (const entry of headsAfter(log, after - 1, head.revision)) {
    last = entry;
    if (entry.revision <= after) at = entry;
    else revisions.push(entry.revision);
    items += entry.revision > after ? entry.itemCount : 0;
    if (items > pastLimits.changes) throw tooFarBack();
  }
  if (last.revision !== head.revision || last.hash !== head.hash)
    throw new DomainError("CONFLICT", `The log has another entry at revision ${head.revision} now; ask again.`);
  const commits: AppliedChange[][] = [];
  for (const revision of revisions) {
    const changes: AppliedChange[] = [];
    for await (const some of changesOf(log, revision)) for (const change of some) changes.push(change);
    commits.push(changes);
  }
  return { at, commits: commits.map((changes) => ({ changes })) };
}

const tooFarBack = (): DomainError =>
  new DomainError("TOO_COMPLEX", "Too much has changed since that revision for the graph to be shown as it was then.");
