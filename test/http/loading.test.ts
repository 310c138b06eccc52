import type { Database } from "../../src/domain/database";
import type { GraphReader } from "../../src/domain/graph/port";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, patch } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, runApp } from "./running-app";

/** The store, whose scans wait until they are let through, or given up. */
function heldBack(store: Database, gate: Promise<void>): Database {
  const reader: Database["reader"] = (options = {}) => {
    const asked = store.reader(options);
    async function* scan(...given: Parameters<GraphReader["scan"]>) {
      await gate;
      options.signal?.throwIfAborted();
      yield* asked.scan(...given);
    }
    return new Proxy(asked, { get: (of, name) => (name === "scan" ? scan : bound(of, name)) });
  };
  return new Proxy(store, { get: (of, name) => (name === "reader" ? reader : bound(of, name)) });
}

const bound = (of: object, name: string | symbol): unknown => {
  const value: unknown = Reflect.get(of, name, of);
  return typeof value === "function" ? (value as () => unknown).bind(of) : value;
};

const query = '{ concept(slug: "a") { title } search(text: "one") { nodes { slug } } }';
const titleOnly = '{ concept(slug: "a") { title } }';

describe("a server whose graph is long in loading", () => {
  it("answers from the store, and from memory when the graph is there", async () => {
    const store = createMemoryStore();
    await commit(store, [aConcept({ slug: "a", title: "One" })]);
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    const app = await runApp({ store: heldBack(store, gate), open: false });
    const opening = app.open();
    try {
      const readiness = async () => (await fetch(`${app.url}/readyz`)).json();
      const bodyOf = async (response: Response) => (await response.json()) as { data: unknown };
      expect(await readiness()).toEqual({ status: "unavailable", reason: "the graph is being loaded" });
      expect(await bodyOf(await post(app, { query: titleOnly }))).toMatchObject({
        data: { concept: { title: "One" } },
      });

      await commit(store, [patch("Concept:a", { title: "Two" })]);
      expect(await bodyOf(await post(app, { query: titleOnly }))).toMatchObject({
        data: { concept: { title: "Two" } },
      });

      const searched = post(app, { query });
      letThrough();
      expect(await bodyOf(await searched)).toMatchObject({ data: { concept: { title: "Two" } } });
      await opening;
      expect(await readiness()).toMatchObject({ status: "ready", revision: 2 });
      expect(await bodyOf(await post(app, { query: titleOnly }))).toMatchObject({
        data: { concept: { title: "Two" } },
        extensions: { revision: 2 },
      });
    } finally {
      letThrough();
      await app.close();
    }
  });

  it("gives up loading when it is to stop", async () => {
    let letThrough = () => {};
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    const app = await runApp({ store: heldBack(createMemoryStore(), gate), open: false });
    const stop = new AbortController();
    const opening = app.open(stop.signal);
    stop.abort();
    letThrough();
    await expect(opening).rejects.toThrow();
    await app.close();
  });
});
