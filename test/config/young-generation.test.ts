import { execFileSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { scripts } from "../../package.json";

const root = path.resolve(__dirname, "..", "..");
const flags = scripts.start.split(" ").filter((each) => each.startsWith("--"));

/** Megabytes of the young generation, both of its halves, of a process that held so many and has then made much garbage. */
function megabytesAfterGarbage(heldMegabytes: number, nodeFlags: readonly string[]): number {
  const program = `
    const v8 = require("node:v8");
    const { fitYoungGeneration } = require(${JSON.stringify(path.join(root, "src", "young-generation.ts"))});
    fitYoungGeneration();
    const held = Array.from({ length: ${heldMegabytes} }, () => new Array(125_000).fill(0));
    fitYoungGeneration();
    const live = [];
    for (let i = 0; i < 6e6; i++) live[i % 100_000] = { i };
    const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    console.log(young.space_size / 2 ** 20, held.length + live.length);`;
  const args = [...nodeFlags, "--import", pathToFileURL(require.resolve("tsx")).href, "--eval", program];
  return Number.parseInt(execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }), 10);
}

describe("the young generation", () => {
  it("stays small with a small heap, whatever garbage is made, and grows with a large one", () => {
    expect(flags).toHaveLength(2);
    expect(megabytesAfterGarbage(0, flags)).toBeLessThanOrEqual(16);
    expect(megabytesAfterGarbage(350, flags)).toBeGreaterThanOrEqual(64);
  });

  it("is Node's own affair where Node was not started so", () => {
    expect(megabytesAfterGarbage(0, ["--max-semi-space-size=64"])).toBeGreaterThanOrEqual(64);
  });
});
