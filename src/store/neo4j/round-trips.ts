import { type PerNode, type Together, together } from "./cypher/per-node";
import type { Row, Statement } from "./cypher/statement";
import type { Reads } from "./driver/reads";

/** The number of times that a combination must have been wanted before, to be worth the plan that Neo4j makes. */
const timesBefore = 2;
const maxBatch = 6;
const maxKnown = 1_000;

/** Counts how often each combined statement, or statement with prefetch, has been wanted. */
export class Combinations {
  private readonly times = new Map<string, number>();

  /**
   * Counts the statement and tests whether it was wanted at least twice before. Beyond 1000 statements, the least
   * recently wanted one is forgotten.
   */
  isUsual({ text }: Statement): boolean {
    const times = this.times.get(text) ?? 0;
    this.times.delete(text);
    this.times.set(text, times + 1);
    if (this.times.size > maxKnown) this.times.delete(this.times.keys().next().value!);
    return times >= timesBefore;
  }
}

interface Asked {
  readonly statement: PerNode;
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Combines the statements that one reader asks about nodes in one turn of the event loop, such as the relations on one
 * level of a query. Most of the cost of a small statement is fixed. A combination holds at most six statements, and is
 * sent only if it is usual.
 */
export class RoundTrips {
  private waiting: Asked[] = [];

  constructor(
    private readonly reads: Reads,
    private readonly combinations: Combinations,
    private readonly signal: AbortSignal | undefined,
  ) {}

  rows(statement: PerNode): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ statement, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.send());
    });
  }

  private send(): void {
    const asked = this.waiting.sort((a, b) => (a.statement.value < b.statement.value ? -1 : 1));
    this.waiting = [];
    for (let start = 0; start < asked.length; start += maxBatch) this.sendSome(asked.slice(start, start + maxBatch));
  }

  private sendSome(asked: readonly Asked[]): void {
    const all = asked.length > 1 ? together(asked.map(({ statement }) => statement)) : null;
    if (all && this.combinations.isUsual(all)) {
      this.reads.rows(all, this.signal).then(
        (rows) => answer(asked, all, rows),
        (error: unknown) => asked.forEach(({ reject }) => reject(error)),
      );
    } else {
      for (const { statement, resolve, reject } of asked) this.reads.rows(statement, this.signal).then(resolve, reject);
    }
  }
}

function answer(asked: readonly Asked[], { groups }: Together, rows: readonly Row[]): void {
  const answers = asked.map((): Row[] => []);
  for (const [key, value] of rows as readonly (readonly [unknown, readonly unknown[]])[]) {
    groups[value[0] as number]!.forEach((member, index) => answers[member]!.push([key, value[index + 1]]));
  }
  asked.forEach(({ resolve }, index) => resolve(answers[index]!));
}
