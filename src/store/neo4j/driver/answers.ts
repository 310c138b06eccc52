import { NoAnswer } from "./failures";

/**
 * Waits for the answers on one connection, which come one by one, until the server has been silent for too long. The
 * limit is `milliseconds` before the first answer and `atWork` after it: a server that has answered may just be busy.
 */
export class Answers {
  private readonly owed = new Set<(reason: NoAnswer) => void>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * Times are in milliseconds. After too long a silence, every pending wait rejects with NoAnswer and `giveUp` is
   * called.
   */
  constructor(
    private milliseconds: number,
    private readonly giveUp: () => void,
    private readonly atWork = milliseconds,
  ) {}

  wait<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.owed.add(reject);
      if (this.owed.size === 1) this.restart();
      answer.then(resolve, reject).finally(() => {
        this.milliseconds = this.atWork;
        this.owed.delete(reject);
        this.restart();
      });
    });
  }

  private restart(): void {
    clearTimeout(this.timer);
    if (this.owed.size > 0) this.timer = setTimeout(() => this.stop(), this.milliseconds);
  }

  private stop(): void {
    for (const reject of this.owed) reject(new NoAnswer(`Neo4j said nothing for ${Math.round(this.milliseconds)} ms.`));
    this.giveUp();
  }
}
