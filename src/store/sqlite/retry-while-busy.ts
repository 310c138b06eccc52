import { setTimeout as wait } from "node:timers/promises";
import { isBusy, translated } from "./driver-errors";

/** How long a lock of another process is waited for. */
export const maxRetryMilliseconds = 3_000;
const pauseMilliseconds = 10;

/**
 * Does the work, again and again while another process holds a lock that it needs. The waiting is ours and not SQLite's,
 * whose busy timeout would stop the event loop. Throws what the port promises.
 */
export async function retryWhileBusy<T>(
  work: () => T,
  deadline = performance.now() + maxRetryMilliseconds,
): Promise<T> {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw translated(error);
    }
    await wait(pauseMilliseconds);
  }
}
