import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { documentIdOf, readManifest } from "../../src/http/trusted-documents";
import { withFolder } from "../content/temporary-folder";
import { runCli } from "./run-cli";

describe("fulcrum documents", () => {
  it("makes a manifest that a server reads", () =>
    withFolder(async (folder) => {
      const out = path.join(folder, "documents.json");
      const { code, stdout } = await runCli(["documents", "test/operations", "--out", out]);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/documents\.json holds \d+ documents\.\n$/)]);
      const walk = readFileSync("test/operations/mission-walk.graphql", "utf8");
      expect(readManifest(out).get(documentIdOf(walk))).toBe(walk);
    }));

  it("names each document that does not fit, and makes nothing", () =>
    withFolder(async (folder) => {
      writeFileSync(path.join(folder, "a.graphql"), "{ nothing }");
      writeFileSync(path.join(folder, "b.graphql"), "{");
      const { code, stdout, stderr } = await runCli(["documents", folder]);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toMatch(/a\.graphql: Cannot query field "nothing"[\s\S]*b\.graphql: Syntax Error/);
    }));
});
