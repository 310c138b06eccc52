import { assertSameInput } from "../../domain/changes/hash";
import { deepFreeze } from "../../domain/deep-freeze";
import { assertVersion, type Draft, type DraftStore, type RepeatKey } from "../../domain/drafts/draft-store";
import { compareText } from "../../domain/graph/order";

/** Drafts with what a commit needs of them. Methods that change something do all of it or nothing, at once. */
export class MemoryDrafts {
  private readonly kept = new Map<string, Draft>();
  private readonly results = new Map<string, { readonly hash: string; readonly result: string }>();

  /** The port, whose saves wait for their turn among the commits. */
  port(inTurn: <T>(work: () => T) => Promise<T>): DraftStore {
    return {
      draft: async (id) => this.kept.get(id) ?? null,
      drafts: async (query) => this.list(query),
      save: (draft, repeat) => inTurn(() => this.save(draft, repeat)),
      resultOf: async (repeat) => this.resultOf(repeat),
    };
  }

  assertVersion(id: string, version: number): void {
    assertVersion(id, this.kept.get(id)?.version ?? 0, version);
  }

  published(id: string, publishedAs: number, updatedAt: string): void {
    const draft = this.kept.get(id) as Draft;
    const version = draft.version + 1;
    this.kept.set(id, Object.freeze({ ...draft, status: "PUBLISHED", version, publishedAs, updatedAt }));
  }

  private list({ author, statuses, first, after }: Parameters<DraftStore["drafts"]>[0]): readonly Draft[] {
    return [...this.kept.values()]
      .filter((draft) => author === undefined || draft.author === author)
      .filter((draft) => !statuses || statuses.includes(draft.status))
      .filter((draft) => !after || newestFirst(draft, after) > 0)
      .sort(newestFirst)
      .slice(0, first);
  }

  private save(draft: Draft, repeat?: RepeatKey & { readonly result: string }): { readonly replayed: string | null } {
    const replayed = repeat ? this.resultOf(repeat) : null;
    if (replayed !== null) return { replayed };
    this.assertVersion(draft.id, draft.version - 1);
    // Through JSON, as other stores keep it: the draft may hold values that the caller changes later.
    this.kept.set(draft.id, deepFreeze(JSON.parse(JSON.stringify(draft)) as Draft));
    if (repeat) this.results.set(placeOf(repeat), { hash: repeat.inputHash, result: repeat.result });
    return { replayed: null };
  }

  private resultOf(repeat: RepeatKey): string | null {
    const first = this.results.get(placeOf(repeat));
    if (!first) return null;
    assertSameInput(repeat.key, first.hash, repeat.inputHash);
    return first.result;
  }
}

type Place = Pick<Draft, "createdAt" | "id">;
const newestFirst = (a: Place, b: Place): number => compareText(b.createdAt, a.createdAt) || compareText(a.id, b.id);

const placeOf = ({ principal, key }: RepeatKey): string => JSON.stringify([principal, key]);
