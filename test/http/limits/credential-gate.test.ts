import { anonymous, type Principal } from "../../../src/domain/access/principal";
import { DomainError } from "../../../src/domain/errors";
import { CredentialGate } from "../../../src/http/limits/credential-gate";

const ada: Principal = { id: "key:ada", name: "Ada", role: "AUTHOR" };
const refused = new DomainError("UNAUTHENTICATED", "The credential is not valid.");
const away = new DomainError("STORE_UNAVAILABLE", "The store does not answer.");

/** A gate before an authenticator that knows what `known` says, by credential. */
function aGate(known: Readonly<Record<string, Principal | DomainError>>) {
  const outcomes = new Map(Object.entries(known));
  const asked: string[] = [];
  const gate = new CredentialGate({
    authenticate: ([value = ""]) => {
      asked.push(value);
      const outcome = outcomes.get(value) ?? refused;
      return outcome instanceof DomainError ? Promise.reject(outcome) : Promise.resolve(outcome);
    },
  });
  /** The code of the refusal, or who is let in. */
  const ask = (value: string, client = "a") =>
    gate.authenticate(client, [value]).then(
      ({ id }) => id,
      (error: { code: string }) => error.code,
    );
  const mayTry = (value: string, client = "a") => {
    try {
      gate.mayTry(client, [value]);
      return true;
    } catch {
      return false;
    }
  };
  return { gate, outcomes, asked, ask, mayTry };
}

// No time passes, so that nothing is given back.
beforeEach(() => {
  const now = performance.now();
  jest.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => jest.restoreAllMocks());

const times = async <T>(count: number, work: () => Promise<T>): Promise<T[]> => {
  const outcomes: T[] = [];
  for (let i = 0; i < count; i++) outcomes.push(await work());
  return outcomes;
};

describe("a client that sends wrong credentials", () => {
  it("may try 30, is not asked about after that, and keeps nobody else out", async () => {
    const { ask, asked, mayTry } = aGate({ right: ada });
    expect(new Set(await times(30, () => ask("wrong")))).toEqual(new Set(["UNAUTHENTICATED"]));
    expect([mayTry("wrong"), await ask("wrong")]).toEqual([false, "RATE_LIMITED"]);
    expect(asked).toHaveLength(30);
    expect([mayTry("wrong", "b"), await ask("wrong", "b")]).toEqual([true, "UNAUTHENTICATED"]);
  });

  it("gets in with one that was right before, as often as it likes, until that is right no more", async () => {
    const { ask, mayTry, outcomes } = aGate({ right: ada });
    expect(await ask("right")).toBe(ada.id);
    await times(30, () => ask("wrong"));
    expect([mayTry("right"), ...(await times(40, () => ask("right")))]).toEqual([
      true,
      ...Array<string>(40).fill(ada.id),
    ]);
    outcomes.set("right", refused);
    expect(await ask("right")).toBe("UNAUTHENTICATED");
    expect([mayTry("right"), await ask("right")]).toEqual([false, "RATE_LIMITED"]);
  });
});

describe("a credential", () => {
  it("that is right, or cannot be checked now, costs no try", async () => {
    const { ask, outcomes } = aGate({ unknown: away });
    expect(new Set(await times(40, () => ask("unknown")))).toEqual(new Set(["STORE_UNAVAILABLE"]));
    for (let i = 0; i < 40; i++) outcomes.set(`right ${i}`, ada);
    for (let i = 0; i < 40; i++) expect(await ask(`right ${i}`)).toBe(ada.id);
  });

  it("is not needed: without one nobody is asked", async () => {
    const { gate, asked } = aGate({});
    expect([await gate.authenticate("a", []), asked]).toEqual([anonymous, []]);
  });
});
