import { DomainError } from "../../src/domain/errors";
import type { GraphStore } from "../../src/domain/graph/port";
import { ReadinessProbe } from "../../src/http/readiness";

const served = { revision: 3, lagMilliseconds: 0, texts: "all" } as const;

/** A store that answers pings until it has a fault. */
function aStore() {
  const state: { fault: Error | null } = { fault: null };
  const ping = jest.fn(() => (state.fault ? Promise.reject(state.fault) : Promise.resolve()));
  return { store: { ping } as unknown as GraphStore, state, ping };
}
const away = new DomainError("STORE_UNAVAILABLE", "The store does not answer.");

describe("a server that reads from memory", () => {
  it("is ready while the store is away, says so, and says so no more when it is back", async () => {
    const { store, state } = aStore();
    const probe = new ReadinessProbe(store, () => served);
    probe.markPrepared();
    state.fault = away;
    expect(await probe.check()).toEqual({ ready: true, served, storeAwaySeconds: 0 });
    expect(probe.storeAwaySeconds).toBe(0);
    state.fault = null;
    expect(await probe.check()).toEqual({ ready: true, served });
    expect(probe.storeAwaySeconds).toBeNull();
  });

  it("is not where it is strict, the graph is still loading, or the store fails in another way", async () => {
    const { store, state } = aStore();
    const reason = async (probe: ReadinessProbe) => {
      probe.markPrepared();
      return probe.check();
    };
    state.fault = away;
    expect(await reason(new ReadinessProbe(store, () => served, true))).toEqual({
      ready: false,
      reason: "STORE_UNAVAILABLE",
    });
    expect(await reason(new ReadinessProbe(store, () => "loading"))).toMatchObject({ ready: false });
    expect(await reason(new ReadinessProbe(store))).toMatchObject({ ready: false });
    state.fault = new DomainError("CONFLICT", "The store is of another version.");
    expect(await reason(new ReadinessProbe(store, () => served))).toEqual({ ready: false, reason: "CONFLICT" });
  });

  it("asks the store once for probes that come together, and again for the next", async () => {
    const { store, ping } = aStore();
    const probe = new ReadinessProbe(store, () => served);
    probe.markPrepared();
    await Promise.all([probe.check(), probe.check(), probe.check()]);
    expect(ping).toHaveBeenCalledTimes(1);
    await probe.check();
    expect(ping).toHaveBeenCalledTimes(2);
  });
});
