import { parseView } from "../../src/http/view-header";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { post, runApp, type RunningApp } from "./running-app";

const query = { query: "{ concepts { totalCount } }" };

describe("the header Fulcrum-View", () => {
  it.each([
    ["revision=12", { revision: 12 }],
    [" revision=0 ", { revision: 0 }],
    ["change-set=cs_Ab-1", { changeSet: "cs_Ab-1" }],
    [undefined, null],
  ])("%j asks for %j", (header, view) => {
    expect(parseView(header)).toEqual(view);
  });

  it.each([
    "",
    "revision",
    "revision=",
    "revision=-1",
    "revision=1.5",
    "revision=1e3",
    "revision=1234567890123456",
    "revision=1, revision=2",
    "change-set=",
    "change-set=a b",
    "change-set=../x",
    "changeset=a",
    "revision=1; change-set=a",
  ])("%j has no meaning", (header) => {
    expect(() => parseView(header)).toThrow("Fulcrum-View must be revision=NUMBER or change-set=ID.");
  });

  describe("over HTTP", () => {
    let app: RunningApp;
    beforeAll(async () => {
      const store = createMemoryStore();
      await commit(store, [aConcept({ slug: "a" })]);
      app = await runApp({ store });
    });
    afterAll(() => app.close());

    const asked = async (view: string) => {
      const response = await post(app, query, { "fulcrum-view": view });
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      return [response.status, errors[0]?.extensions.code, response.headers.get("cache-control")];
    };

    it("is refused where it has no meaning, and needs a key where it has one", async () => {
      expect(await asked("latest")).toEqual([400, "BAD_USER_INPUT", "no-store"]);
      expect(await asked("revision=1")).toEqual([401, "UNAUTHENTICATED", "no-store"]);
      expect(await asked("revision=99")).toEqual([401, "UNAUTHENTICATED", "no-store"]);
      expect(await asked("change-set=x")).toEqual([401, "UNAUTHENTICATED", "no-store"]);
    });

    it("tells caches that answers differ by it", async () => {
      expect((await post(app, query)).headers.get("vary")).toBe(
        "authorization, fulcrum-view, fulcrum-throttle, accept-encoding",
      );
    });
  });
});
