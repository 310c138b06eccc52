import readline from "node:readline";
import { sampleTexts } from "../content/sample-bank";
import { withFolder, writeTexts } from "../content/temporary-folder";
import { startCli } from "./run-cli";

describe("fulcrum serve", () => {
  it("fills an empty store from the seed, serves, and ends with exit code 0 when it is told to stop", () =>
    withFolder(async (cwd) => {
      await writeTexts(
        cwd,
        Object.fromEntries(Object.entries(sampleTexts).map(([path, text]) => [`bank/${path}`, text])),
      );
      const env = { FULCRUM_SEED: "bank", PORT: "0", HOST: "127.0.0.1", FULCRUM_DRAIN_MS: "0", FULCRUM_IDE: "off" };
      const { child, outcome } = startCli(["serve", "--store", "sqlite:served.db"], { cwd, env });
      const lines = readline.createInterface({ input: child.stdout as NodeJS.ReadableStream });
      const url = await new Promise<string>((resolve, reject) => {
        lines.on("line", (line) => {
          const { msg, url } = JSON.parse(line) as { msg: string; url: string };
          if (msg === "ready") resolve(url);
        });
        void outcome.then(({ code, stderr }) => reject(new Error(`It ended with ${code}:\n${stderr}`)));
      });
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: '{ concept(slug: "hnsw") { title } }' }),
      });
      expect(await answer.json()).toMatchObject({ data: { concept: { title: "Navigable small worlds" } } });
      child.kill("SIGTERM");
      expect(await outcome).toMatchObject({ code: 0, stderr: "" });
    }));
});
