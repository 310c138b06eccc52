import { readdirSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { browserArguments, findBrowser } from "./browser";
import { type RunningApp, runApp } from "./running-app";

const examples = readdirSync(path.join(__dirname, "..", "operations")).filter((file) => file.endsWith(".graphql"));
const found = findBrowser();
const inBrowser = "executable" in found ? it : it.skip;
if ("missing" in found) process.stderr.write(`${found.missing}\n`);

describe("the IDE", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.close());

  it("is for browsers alone: a client that asks for JSON gets JSON", async () => {
    const page = await fetch(`${app.url}/graphql`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("vary")).toContain("accept");
    expect(await page.text()).toMatch(/<\/html>\n$/);
    const answer = await fetch(`${app.url}/graphql?query={__typename}`, {
      headers: { accept: "text/html, application/json", "apollo-require-preflight": "1" },
    });
    expect(await answer.json()).toMatchObject({ data: { __typename: "Query" } });
  });

  it("runs scripts of this server alone, and in no other page", async () => {
    const page = await fetch(`${app.url}/graphql`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-security-policy")?.split("; ")).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
    );
  });

  it("can be switched off", async () => {
    const without = await runApp({ env: { FULCRUM_IDE: "off" } });
    const page = await fetch(`${without.url}/graphql`, { headers: { accept: "text/html" } });
    expect(page.headers.get("content-type")).toMatch(/json/);
    await without.close();
  });

  inBrowser("opens every example in a tab, runs one, and asks no other host for anything", async () => {
    const browser: Browser = await chromium.launch({
      executablePath: "executable" in found ? found.executable : "",
      args: browserArguments,
    });
    try {
      const page = await browser.newPage();
      const elsewhere: string[] = [];
      const faults: string[] = [];
      page.on("request", (request) => {
        if (!request.url().startsWith(app.url) && !request.url().startsWith("data:")) elsewhere.push(request.url());
      });
      page.on("pageerror", (error) => faults.push(error.message));
      await page.goto(`${app.url}/graphql`);
      await page.waitForSelector(".graphiql-execute-button");
      expect(await page.locator(".graphiql-tab").count()).toBe(examples.length);
      expect(await page.locator(".graphiql-tab").first().innerText()).toContain("MissionWalk");
      expect(await page.getByRole("button", { name: "Headers", exact: true }).count()).toBe(1);
      await page.click(".graphiql-execute-button");
      await page.locator(".result-window").filter({ hasText: '"tradeOff"' }).waitFor();
      expect([elsewhere, faults]).toEqual([[], []]);
    } finally {
      await browser.close();
    }
  });
});
