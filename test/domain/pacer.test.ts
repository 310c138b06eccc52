import { paced, Pacer, type Steps } from "../../src/domain/pacer";
import { Restartable } from "../../src/domain/restartable";
import { atOnce } from "../builders/at-once";
import { slowClock, turnsOf } from "../builders/slow-clock";

function* steps(name: string, count: number, log: string[]): Steps<string> {
  for (let at = 0; at < count; at++) {
    log.push(name);
    yield;
  }
  return name;
}

const aTurn = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe("paced work", () => {
  let endSlowness: () => void = () => undefined;
  afterEach(() => endSlowness());

  it("is done at once where it is short", async () => {
    await aTurn();
    const clock = jest.spyOn(performance, "now").mockReturnValue(5);
    endSlowness = () => clock.mockRestore();
    expect(paced(steps("a", 1_000, []))).toBe("a");
  });

  it("takes a turn of the event loop for each step where steps are long", async () => {
    endSlowness = slowClock();
    const { value, turns } = await turnsOf(() => paced(steps("a", 20, [])));
    expect(value).toBe("a");
    expect(turns).toBeGreaterThanOrEqual(19);
  });

  it("shares each turn with no other such work, and each piece comes when it has waited longest", async () => {
    endSlowness = slowClock();
    const log: string[] = [];
    const works = ["a", "b", "c"].map((name) => paced(steps(name, 4, log)));
    const { turns } = await turnsOf(() => Promise.all(works.map(async (each) => each)));
    expect(log.slice(3).join("")).toBe("abcabcabc");
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  it("does what loops do with a pacer in turns as well", async () => {
    endSlowness = slowClock();
    const pacer = new Pacer();
    const { turns } = await turnsOf(async () => {
      for (let at = 0; at < 10; at++) await pacer.yieldToEventLoop();
    });
    expect(turns).toBeGreaterThanOrEqual(9);
  });

  it("waits where it has to", async () => {
    let end = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (end = resolve));
    let isDone = false;
    const work = Promise.resolve(
      paced(
        (function* (): Steps<string> {
          yield waiting;
          isDone = true;
          return "done";
        })(),
      ),
    );
    await aTurn();
    expect(isDone).toBe(false);
    end();
    await expect(work).resolves.toBe("done");
  });

  it("throws what the work throws, before and after it was left", async () => {
    const failing = (after: number) =>
      (function* (): Steps<never> {
        for (let at = 0; at < after; at++) yield;
        throw new Error("It failed.");
      })();
    expect(() => paced(failing(0))).toThrow("It failed.");
    endSlowness = slowClock();
    await expect(async () => paced(failing(5))).rejects.toThrow("It failed.");
  });
});

describe("work over what may change", () => {
  function* twice(read: () => number): Steps<string> {
    const first = read();
    yield;
    return `${first} ${read()}`;
  }

  it("begins again after a change, and so is of one state", () => {
    const restartable = new Restartable();
    let state = 1;
    const work = restartable.run(() => twice(() => state));
    work.next();
    state = 2;
    restartable.changed();
    expect(atOnce(work)).toBe("2 2");
  });

  it("is done in one step where changes do not end", () => {
    const restartable = new Restartable();
    let state = 0;
    const work = restartable.run(() => twice(() => state));
    let steps = 0;
    for (let step = work.next(); ; step = work.next()) {
      if (step.done) {
        expect([step.value, steps]).toEqual(["2 2", 2]);
        return;
      }
      steps += 1;
      state += 1;
      restartable.changed();
    }
  });
});
