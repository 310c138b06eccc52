import type { DocumentNode, FormattedExecutionResult } from "graphql";
import { LRUCache } from "lru-cache";
import { currentDay } from "../domain/current-day";
import { type GraphQLContext, sharedRevision } from "./context";
import type { KeptAnswer } from "./kept-answer";
import { isPromise } from "./maybe-promise";

const askedOnce = Symbol("asked once");
const askedOnceSize = 100;
/** The largest share of the room that one answer may take. */
const mostShare = 0.1;

/** Where one answer belongs. */
export interface AnswerPlace {
  /** What is kept there. */
  get(): KeptAnswer | null;
  /** Keeps what is offered for the second time. */
  offer(data: KeptAnswer["data"]): KeptAnswer | null;
}

/**
 * Answers to anonymous queries that come again, kept with the copy of the graph that they were read from: they go when a
 * commit makes the next one. `most`: the characters of them at one revision; with their objects and bytes they take
 * several times as many bytes. Nothing is kept with 0.
 */
export class KeptAnswers {
  private readonly byView = new WeakMap<object, LRUCache<string, KeptAnswer | typeof askedOnce>>();
  private readonly byData = new WeakMap<object, KeptAnswer>();
  private readonly documents = new WeakMap<DocumentNode, number>();
  private documentCount = 0;

  constructor(private readonly most: number) {}

  /** Null for what is the asker's alone, or may change without a commit. The variables have been found to be right. */
  placeOf(document: DocumentNode, operationName: string, context: GraphQLContext): AnswerPlace | null {
    const { variables } = context.report;
    if (this.most === 0 || sharedRevision(context) === undefined || variables === null) return null;
    const snapshot = context.snapshot();
    if (isPromise(snapshot)) return null;
    const answers = this.of(snapshot.view);
    const key = `${this.numberOf(document)} ${operationName} ${currentDay()} ${variables}`;
    return {
      get: () => {
        const known = answers.get(key);
        return known === undefined || known === askedOnce ? null : known;
      },
      offer: (data) => {
        if (!answers.has(key)) {
          answers.set(key, askedOnce, { size: key.length + askedOnceSize });
          return null;
        }
        const answer: KeptAnswer = { data, text: null, encoded: new Map() };
        this.byData.set(data, answer);
        answers.set(key, answer, { size: key.length + JSON.stringify(data).length });
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
    let answers = this.byView.get(view);
    if (!answers) {
      answers = new LRUCache({ maxSize: this.most, maxEntrySize: Math.ceil(this.most * mostShare) });
      this.byView.set(view, answers);
    }
    return answers;
  }

  private numberOf(document: DocumentNode): number {
    let number = this.documents.get(document);
    if (number === undefined) this.documents.set(document, (number = this.documentCount++));
    return number;
  }
}

const jsonOf = (result: FormattedExecutionResult): string => `${JSON.stringify(result)}\n`;
