/** Lets many that have little to do each do it one after another, each in a turn of the event loop of its own. */
export class EventLoopQueue {
  private waiting: (() => void)[] = [];
  private next: (() => void)[] = [];

  /** Ends when it is the caller's turn, never at once. What it does then, up to its next await, is that turn. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.waiting.length + this.next.length === 0) setImmediate(this.give);
      this.waiting.push(resolve);
    });
  }

  private readonly give = (): void => {
    if (this.next.length === 0) [this.next, this.waiting] = [this.waiting.reverse(), []];
    this.next.pop()?.();
    if (this.waiting.length + this.next.length > 0) setImmediate(this.give);
  };
}
