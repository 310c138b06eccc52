import { RefusalLog } from "../../../src/http/request-log";

/** A log whose second passes when the test says so. */
function aLog() {
  const lines: unknown[] = [];
  const due: (() => void)[] = [];
  const log = new RefusalLog({ info: (line: unknown) => void lines.push(line) }, (write) => void due.push(write));
  return { log, lines, due };
}

describe("the log of refusals", () => {
  it("has one line a second for however many there were, by code", () => {
    const { log, lines, due } = aLog();
    for (let i = 0; i < 1_000; i++) log.count(i % 4 === 0 ? "SERVICE_UNAVAILABLE" : "RATE_LIMITED");
    expect(due).toHaveLength(1);
    due.pop()?.();
    expect(lines).toEqual([{ refused: { SERVICE_UNAVAILABLE: 250, RATE_LIMITED: 750 } }]);
    log.count("RATE_LIMITED");
    expect(due).toHaveLength(1);
    due.pop()?.();
    expect(lines[1]).toEqual({ refused: { RATE_LIMITED: 1 } });
  });

  it("tells of none twice when the server ends", () => {
    const { log, lines, due } = aLog();
    log.count("RATE_LIMITED");
    log.write();
    due.pop()?.();
    expect(lines).toHaveLength(1);
  });
});
