import type { DocumentNode, FormattedExecutionResult } from "graphql";
import { ByteCache, type CacheUsage, textBytes } from "../domain/byte-cache";
import { currentDay } from "../domain/current-day";
import { type CachedResponse, type GraphQLContext, sharedRevision } from "./context";
import { isPromise } from "./promise-or-value";

const askedOnce = Symbol("asked once");

/** The largest share of the room that one answer may take. */
const maxShare = 0.1;

/**
 * Bytes of an answer for each character of its JSON, by the growth of the heap (`--expose-gc`, Node 20): its objects 1, its
 * text 1, its bytes 1, and its compressed ones up to a half together. They are counted from the start, since each of these
 * forms is made when it is first sent.
 */
const bytesPerCharacter = 3.5;

/** Where one answer belongs. */
interface CacheSlot {
  /** What is kept there. */
  get(): CachedResponse | null;
  /** Keeps what is offered for the second time. */
  offer(data: CachedResponse["data"]): CachedResponse | null;
}

/**
 * Answers to anonymous queries that come again, kept with the copy of the graph that they were read from: they go when a
 * commit makes the next one. Nothing is kept with `maxBytes` 0.
 */
export class ResponseCache {
  private readonly answers: ByteCache<string, CachedResponse | typeof askedOnce>;
  /** The copy that they were read from. */
  private view: object | null = null;
  private readonly byData = new WeakMap<object, CachedResponse>();
  private readonly documents = new WeakMap<DocumentNode, number>();
  private documentCount = 0;

  constructor(maxBytes: number) {
    this.answers = new ByteCache("answers", maxBytes, { maxEntryBytes: Math.ceil(maxBytes * maxShare) });
  }

  get usage(): CacheUsage {
    return this.answers;
  }

  /** Null for what is the asker's alone, or may change without a commit. The variables have been found to be right. */
  placeOf(document: DocumentNode, operationName: string, context: GraphQLContext): CacheSlot | null {
    const { variables } = context.report;
    if (this.answers.maxBytes === 0 || sharedRevision(context) === undefined || variables === null) return null;
    const snapshot = context.unmetered.snapshot();
    if (isPromise(snapshot)) return null;
    const { view } = snapshot;
    const answers = this.of(view);
    const key = `${this.numberOf(document)} ${operationName} ${currentDay()} ${variables}`;
    return {
      get: () => {
        const known = answers.get(key);
        return known === undefined || known === askedOnce ? null : known;
      },
      offer: (data) => {
        if (view !== this.view) return null;
        if (!answers.has(key)) {
          answers.set(key, askedOnce, textBytes(key));
          return null;
        }
        const answer: CachedResponse = { data, text: null, encoded: new Map() };
        if (!answers.set(key, answer, textBytes(key) + bytesPerCharacter * textBytes(JSON.stringify(data))))
          return null;
        this.byData.set(data, answer);
        return answer;
      },
    };
  }

  /** The result as JSON, made once for an answer that is kept. */
  textOf(result: FormattedExecutionResult): string {
    const kept = result.data && this.byData.get(result.data);
    return kept ? (kept.text ??= jsonOf(result)) : jsonOf(result);
  }

  private of(view: object) {
    if (view !== this.view) {
      this.answers.clear();
      this.view = view;
    }
    return this.answers;
  }

  private numberOf(document: DocumentNode): number {
    let number = this.documents.get(document);
    if (number === undefined) this.documents.set(document, (number = this.documentCount++));
    return number;
  }
}

const jsonOf = (result: FormattedExecutionResult): string => `${JSON.stringify(result)}\n`;
