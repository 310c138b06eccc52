interface Job {
  readonly name: string;
  readonly seconds: number;
  readonly shares: boolean;
}

const { inTurns } = jest.requireActual<{ inTurns(jobs: readonly Job[], workers: number): Job[] }>("./sequencer.js");

const job = (name: string, seconds: number, shares = false): Job => ({ name, seconds, shares });
const order = (jobs: readonly Job[]): string =>
  inTurns(jobs, 2)
    .map(({ name }) => name)
    .join(" ");

describe("the order of test files", () => {
  it("is that of their length, longest first", () => {
    expect(order([job("short", 1), job("long", 9), job("middle", 5)])).toBe("long middle short");
  });

  it("begins what shares a server while nothing else does, and keeps it in use", () => {
    const jobs = [job("n1", 9, true), job("n2", 8, true), job("a", 5), job("b", 4), job("c", 3)];
    // One worker has n1 until 9, the other a until 5 and b until 9; then n2 begins beside c.
    expect(order(jobs)).toBe("n1 a b n2 c");
  });

  it("lets one wait when nothing else is left", () => {
    expect(order([job("n1", 9, true), job("n2", 8, true)])).toBe("n1 n2");
  });

  it("loses none", () => {
    const jobs = Array.from({ length: 40 }, (_, at) => job(`j${at}`, (at * 7) % 13, at % 3 === 0));
    expect(
      inTurns(jobs, 2)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(jobs.map(({ name }) => name).sort());
  });
});
