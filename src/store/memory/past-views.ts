import type { Commit } from "../../domain/changes/change-set";
import { undone } from "../../domain/changes/undone";
import { LRUCache } from "lru-cache";
import { DomainError } from "../../domain/errors";
import type { Revision } from "../../domain/graph/node";
import type { GraphReader, GraphStore } from "../../domain/graph/port";
import type { NodeId } from "../../domain/ids";
import type { LongTexts, NodeKind } from "../../domain/ontology/node-kinds";
import { rebased } from "./load-model";
import type { ReadModel } from "./read-model";

/** How far back a view may lie, in commits and in the items that they changed: what it takes to make one. */
export const pastLimits = { commits: 200, changes: 20_000 } as const;

const commitsAtOnce = 20;
const viewsKept = 8;

type Log = Pick<GraphStore, "commits">;
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
  ) {}

  /** From a model at or after the revision. Throws TOO_COMPLEX where too much has changed in between. */
  static async before(head: ReadModel, revision: Revision, log: Log): Promise<PastView> {
    const commits = await commitsBetween(revision, head.revision, log);
    const changes = undone(commits);
    const texts = changes.flatMap((change): [NodeId, Texts | undefined][] =>
      "node" in change ? [[change.node, change.after?.texts]] : [],
    );
    const model = head.apply(
      changes.flatMap((change) => rebased(change, head)),
      revision,
    );
    return new PastView(model, log, new Map(texts), head.revision);
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
    for (;;) {
      const commits = await this.log.commits({ after: this.readUpTo, first: commitsAtOnce });
      for (const { revision, changes } of commits) {
        for (const change of changes) {
          if ("node" in change && !this.texts.has(change.node)) this.texts.set(change.node, change.before?.texts);
        }
        this.readUpTo = revision;
      }
      if (commits.length < commitsAtOnce) return;
    }
  }
}

/** Views of the past that were asked for lately. */
export class PastViews {
  private readonly kept = new LRUCache<Revision, { readonly head: Revision; readonly view: Promise<PastView> }>({
    max: viewsKept,
  });

  constructor(private readonly log: Log) {}

  /** The view at a revision that lies before the model's or is its own. Throws TOO_COMPLEX if that is too far back. */
  async at(revision: Revision, head: ReadModel): Promise<PastView> {
    if (head.revision - revision > pastLimits.commits) throw tooFarBack();
    const known = this.kept.get(revision);
    // A head that went back is that of another bank.
    const view = known && known.head <= head.revision ? known.view : PastView.before(head, revision, this.log);
    this.kept.set(revision, { head: head.revision, view });
    return view.catch((error: unknown) => {
      if (this.kept.get(revision)?.view === view) this.kept.delete(revision);
      throw error;
    });
  }
}

async function commitsBetween(after: Revision, until: Revision, log: Log): Promise<readonly Commit[]> {
  const commits: Commit[] = [];
  let changes = 0;
  for (let last = after; last < until;) {
    const found = await log.commits({ after: last, first: Math.min(commitsAtOnce, until - last) });
    if (found.length === 0) throw new DomainError("STORE_UNAVAILABLE", `The log ends at revision ${last}.`);
    for (const commit of found) changes += commit.changes.length;
    if (changes > pastLimits.changes) throw tooFarBack();
    commits.push(...found);
    last = (found.at(-1) as Commit).revision;
  }
  return commits;
}

const tooFarBack = (): DomainError =>
  new DomainError("TOO_COMPLEX", "Too much has changed since that revision for the graph to be shown as it was then.");
