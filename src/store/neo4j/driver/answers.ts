import { NoAnswer } from "./failures";

/**
 * Waits for the answers of one connection, which come one by one, until it has been silent for too long: at first for
 * `milliseconds`, and once it has answered, for `atWork`, since a server that was there then may be busy with much.
 */
export class Answers {
  private readonly owed = new Set<(reason: NoAnswer) => void>();
  private timer: NodeJS.Timeout | undefined;

  /** `giveUp` is called, and every answer still owed becomes a NoAnswer, after so many milliseconds of silence. */
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
