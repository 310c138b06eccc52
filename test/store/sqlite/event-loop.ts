const beatMilliseconds = 5;

/** The longest time in milliseconds for which the event loop stood still while `use` ran. */
export async function longestStall(use: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const beat = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - beatMilliseconds);
    last = now;
  }, beatMilliseconds);
  try {
    await use();
    return longest;
  } finally {
    clearInterval(beat);
  }
}
