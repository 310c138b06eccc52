import type { Commit } from "../changes/change-set";
import { DomainError } from "../errors";
import type { Revision } from "./node";
import type { GraphStore } from "./port";

const commitsAtOnce = 5;
/** What is kept of the newest commits for those who are nearly there; others read the log. */
const kept = { commits: 50, changes: 10_000 } as const;

/**
 * Hands on the commits of a log, each follower at its own pace: what a slow one has not taken yet is read again, and not
 * kept for it. It learns of new commits by `noticed`, and reads each of them once for all who wait.
 */
export class CommitFeed {
  private head: Revision = 0;
  /** The newest commits that were read, without a gap, up to `end`. */
  private recent: Commit[] = [];
  private end: Revision = 0;
  private reading: Promise<void> | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly store: Pick<GraphStore, "commits" | "reader">) {}

  /** Whether somebody waits for what comes next. */
  get isAwaited(): boolean {
    return this.waiting.size > 0;
  }

  /** The store's head at a moment after the call. */
  async newest(): Promise<Revision> {
    const head = await this.store.reader().revision();
    this.noticed(head);
    return head;
  }

  /** There are commits up to this one. */
  noticed(head: Revision): void {
    if (head <= this.head) return;
    // The first time, what came before is nobody's news.
    if (this.head === 0 && this.recent.length === 0) this.end = head;
    this.head = head;
    this.wake();
  }

  /** Another bank is there, whose head this is: those who followed the one before are told so. */
  replaced(head: Revision): void {
    [this.head, this.end, this.recent, this.reading] = [head, head, [], null];
    this.wake();
  }

  /**
   * Some of the commits after a revision, in order; waits until there is one. None once the signal fires. Throws CONFLICT
   * if the log ends before the revision, because the bank was put back to an earlier state.
   */
  async after(revision: Revision, signal: AbortSignal): Promise<readonly Commit[]> {
    while (!signal.aborted) {
      if (revision > this.head) {
        throw new DomainError(
          "CONFLICT",
          `The bank was put back to revision ${this.head}, before ${revision}; read it anew.`,
        );
      }
      const commits = revision < this.head ? await this.read(revision) : [];
      if (commits.length > 0) return commits;
      await this.news(signal);
    }
    return [];
  }

  private async read(after: Revision): Promise<readonly Commit[]> {
    if (after === this.end) await (this.reading ??= this.readOn());
    const [first] = this.recent;
    if (!first || after < first.revision - 1 || after >= this.end)
      return after < this.head ? this.store.commits({ after, first: commitsAtOnce }) : [];
    const start = after - first.revision + 1;
    return this.recent.slice(start, start + commitsAtOnce);
  }

  private async readOn(): Promise<void> {
    const { end } = this;
    try {
      const commits = await this.store.commits({ after: end, first: commitsAtOnce });
      if (this.end !== end) return;
      this.recent.push(...commits);
      this.end = commits.at(-1)?.revision ?? end;
      let changes = this.recent.reduce((sum, commit) => sum + commit.changes.length, 0);
      while (this.recent.length > kept.commits || changes > kept.changes)
        changes -= this.recent.shift()?.changes.length ?? 0;
    } finally {
      this.reading = null;
    }
  }

  private news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.waiting.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener("abort", done, { once: true });
    });
  }

  private wake(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
