import { existsSync, readFileSync } from "node:fs";

const beatMilliseconds = 5;
const counters = `/proc/self/task/${process.pid}/schedstat`;

/**
 * The longest time in milliseconds for which the event loop stood still while `use` ran, without the time for which the
 * main thread was ready but other processes had the processors.
 */
export async function longestStall(use: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let [last, lastWaited] = [performance.now(), waitedForProcessor()];
  const beat = () => {
    const [now, waited] = [performance.now(), waitedForProcessor()];
    longest = Math.max(longest, now - last - beatMilliseconds - (waited - lastWaited));
    [last, lastWaited] = [now, waited];
  };
  const beating = setInterval(beat, beatMilliseconds);
  try {
    await use();
    beat();
    return longest;
  } finally {
    clearInterval(beating);
  }
}

/** Milliseconds, ever, in which the main thread was ready but not run: the second counter of Linux; 0 elsewhere. */
function waitedForProcessor(): number {
  return existsSync(counters) ? Number(readFileSync(counters, "utf8").split(" ")[1]) / 1e6 : 0;
}
