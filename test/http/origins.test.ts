import { post, type RunningApp, runApp } from "./running-app";

const home = "https://home.example";

describe("where pages of some origins may ask", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp({ env: { FULCRUM_CORS_ORIGINS: home } });
  });
  afterAll(() => app.close());

  const ask = async (headers: Record<string, string>) => {
    const { headers: answered } = await post(app, { query: "{ __typename }" }, headers);
    return [answered.get("access-control-allow-origin"), answered.get("vary")?.split(", ").includes("origin")];
  };

  it("answers say that they differ by origin, whoever asks", async () => {
    expect(await ask({ origin: home })).toEqual([home, true]);
    expect(await ask({ origin: "https://elsewhere.example" })).toEqual([null, true]);
    // A cache may not give this answer to a page of an origin that is allowed.
    expect(await ask({})).toEqual([null, true]);
  });
});

it("where pages of all origins may ask, the answer is one for all, so that a cache may give it to any", async () => {
  const app = await runApp({ env: { FULCRUM_CORS_ORIGINS: "*" } });
  const response = await post(app, { query: "{ __typename }" }, { origin: home });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  await app.close();
});

it("where no origin may ask, answers do not differ by it", async () => {
  const app = await runApp();
  const response = await post(app, { query: "{ __typename }" });
  expect(response.headers.get("vary")?.split(", ")).not.toContain("origin");
  await app.close();
});
