const maxKnown = 2_000;

/**
 * Lets a statement that is new be run by one at first. Neo4j plans a statement for everyone who asks it before it has a
 * plan; when many ask something new at once, that is many times the work, and all of them wait for it.
 */
export class FirstRuns {
  private readonly planned = new Set<string>();
  private readonly first = new Map<string, Promise<unknown>>();

  async run<T>(text: string, work: () => Promise<T>): Promise<T> {
    if (this.planned.has(text)) return work();
    const first = this.first.get(text);
    if (first) {
      await first.catch(() => undefined);
      return work();
    }
    const answer = work();
    this.first.set(text, answer);
    try {
      const value = await answer;
      if (this.planned.size >= maxKnown) this.planned.clear();
      this.planned.add(text);
      return value;
    } finally {
      this.first.delete(text);
    }
  }
}
