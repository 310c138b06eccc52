import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import path from "node:path";

const root = path.resolve(__dirname, "..", "..");

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
}

/** What Jest says of the files beside this one, under the configuration of all tests but without Neo4j: name of the file → result. */
async function results(): Promise<ReadonlyMap<string, FileResult>> {
  const jest = require.resolve("jest/bin/jest");
  const config = path.join(root, "jest.config.js");
  const files = "**/environment/files/*.ts";
  const child = spawn(process.execPath, [jest, "--config", config, "--testMatch", files, "--json", "--runInBand"], {
    cwd: root,
    env: { ...process.env, FULCRUM_TEST_NEO4J: "off" },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { testResults } = JSON.parse(await text(child.stdout)) as { testResults: FileResult[] };
  return new Map(testResults.map((each) => [path.basename(each.name, ".ts"), each]));
}

describe("the environment of the tests", () => {
  let files: ReadonlyMap<string, FileResult>;
  beforeAll(async () => {
    files = await results();
  });

  it.each([
    ["no-handler", "nobody waits for this"],
    ["late-handler", "handled late"],
    ["rejection-between-tests", "handled late, after all tests"],
    ["thrown-in-a-timer", "thrown in a timer"],
  ])("fails the file %s, and names the error", (name, message) => {
    expect(files.get(name)).toMatchObject({ status: "failed", message: expect.stringContaining(message) as string });
  });

  it("fails the test whose rejection was handled late, and no other", () => {
    expect(files.get("late-handler")?.assertionResults).toMatchObject([
      { title: "handles a rejection a turn too late", status: "failed" },
      { title: "handles a rejection at once", status: "passed" },
    ]);
  });
});
