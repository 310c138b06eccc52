import { RequestError } from "../../../src/http/body";
import { Overload } from "../../../src/http/limits/overload";

/** A loop whose time and turns the test makes. */
function aLoop(options: { readonly maxDelay: number | null; readonly maxInFlight?: number } = { maxDelay: 10 }) {
  let now = 1_000;
  let turn: (() => void) | null = null;
  const overload = new Overload({ ...options, now: () => now, afterTurn: (ended) => void (turn = ended) });
  const asks = (): number | null => {
    try {
      overload.admit();
      return null;
    } catch (error) {
      expect(error).toBeInstanceOf(RequestError);
      expect(error).toMatchObject({ status: 503, code: "SERVICE_UNAVAILABLE" });
      return (error as RequestError).retryAfter;
    }
  };
  return {
    overload,
    asks,
    pass: (milliseconds: number) => void (now += milliseconds),
    /** As many requests in one turn, of which each that is served takes so long; how many are served. */
    turn: (requests: number, milliseconds: number): number => {
      let served = 0;
      for (let i = 0; i < requests; i++) {
        if (asks() !== null) continue;
        served++;
        now += milliseconds;
      }
      turn?.();
      turn = null;
      return served;
    },
  };
}

describe("overload", () => {
  it("does not refuse a burst that comes to a quiet server", () => {
    expect(aLoop().turn(90, 1)).toBe(90);
  });

  it("refuses the end of a burst that is too long even for a quiet server", () => {
    expect(aLoop().turn(400, 1)).toBe(101);
  });

  it("serves only what waits little once requests have been waiting for a while", () => {
    const loop = aLoop();
    loop.turn(60, 1);
    loop.turn(60, 1);
    expect(loop.turn(60, 1)).toBe(11);
    expect(loop.turn(400, 1)).toBe(11);
    expect(loop.overload.refused).toBe(19 + 49 + 389);
  });

  it("is over with the first short turn, and with the first moment in which nothing waits", () => {
    for (const recover of [
      (loop: ReturnType<typeof aLoop>) => loop.turn(5, 1),
      (loop: ReturnType<typeof aLoop>) => loop.pass(5),
    ]) {
      const loop = aLoop();
      for (let i = 0; i < 4; i++) loop.turn(60, 1);
      recover(loop);
      expect(loop.turn(60, 1)).toBe(60);
    }
  });

  it("spreads when the refused are to come back", () => {
    const loop = aLoop();
    loop.turn(101, 1);
    loop.overload.admit();
    loop.pass(500);
    expect([loop.asks(), loop.asks(), loop.asks(), loop.asks()]).toEqual([1, 2, 3, 1]);
  });

  it("refuses more work at a time than is good, and takes some again when some is done", async () => {
    const loop = aLoop({ maxDelay: 10, maxInFlight: 2 });
    let finish = (): void => undefined;
    const first = loop.overload.work(() => new Promise<void>((resolve) => (finish = resolve)));
    const second = loop.overload.work(() => Promise.reject(new Error("failed"))).catch(() => undefined);
    expect(loop.overload.inFlight).toBe(2);
    expect(loop.asks()).toBe(1);
    await second;
    expect(loop.asks()).toBeNull();
    finish();
    await first;
    expect(loop.overload.inFlight).toBe(0);
  });

  it("refuses nothing where it is off", () => {
    const loop = aLoop({ maxDelay: null });
    expect(loop.turn(5_000, 10)).toBe(5_000);
    expect(loop.turn(5_000, 10)).toBe(5_000);
  });
});
