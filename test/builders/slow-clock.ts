/** From now on a second passes whenever the time is read, so that paced work is left wherever it may be. Gives what ends it. */
export function slowClock(): () => void {
  let now = performance.now();
  const clock = jest.spyOn(performance, "now").mockImplementation(() => (now += 1_000));
  return () => clock.mockRestore();
}

/** What the work comes to, and how many turns of the event loop it took. */
export async function turnsOf<T>(work: () => T | Promise<T>): Promise<{ readonly value: T; readonly turns: number }> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    if (isDone) return;
    turns += 1;
    setImmediate(count);
  };
  setImmediate(count);
  try {
    const value = await work();
    return { value, turns };
  } finally {
    isDone = true;
  }
}
