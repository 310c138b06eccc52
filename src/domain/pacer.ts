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

const stretchMilliseconds = 8;

/**
 * Work in steps of at most a few milliseconds: at each `yield` it can be left for a turn of the event loop, and where it yields a
 * promise it has to wait.
 */
export type Steps<T> = Generator<Promise<void> | undefined, T, void>;

/** All paced work shares the event loop: one piece goes on in each of its turns, the one first that waits longest. */
const queue = new EventLoopQueue();
/** When paced work began in this turn; null where none has yet. */
let began: number | null = null;

function begin(): void {
  if (began === null) setImmediate(() => (began = null));
  began = performance.now();
}

/** Whether paced work, whichever it is, has held this turn of the event loop long enough. */
function isTurnOver(): boolean {
  if (began !== null) return performance.now() - began >= stretchMilliseconds;
  begin();
  return false;
}

async function nextTurn(): Promise<void> {
  await queue.turn();
  begin();
}

/** Does the work, at once where that takes no longer than one turn of the event loop may. Throws what the work throws. */
export function paced<T>(work: Steps<T>): T | Promise<T> {
  if (began === null) begin();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (value || isTurnOver()) return goneOnWith(work, value);
  }
}

async function goneOnWith<T>(work: Steps<T>, first: Promise<void> | undefined): Promise<T> {
  for (let wait = first; ;) {
    await (wait ?? nextTurn());
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      wait = value;
      if (wait || isTurnOver()) break;
    }
  }
}

/** Lets long work on the main thread give other requests their turn every few milliseconds. */
export class Pacer {
  /** Whether it is time to; for loops that would wait for nothing a thousand times. */
  get isDue(): boolean {
    return isTurnOver();
  }

  async yieldToEventLoop(): Promise<void> {
    if (this.isDue) await nextTurn();
  }
}
