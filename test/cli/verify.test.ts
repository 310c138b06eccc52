import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { backUp } from "../../src/store/restore";
import { commit, patch } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { keepAsFormat2 } from "../store/neo4j/older-format";
import { keepLogAsBefore } from "../store/sqlite/older-log";
import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { runCli } from "./run-cli";

describe("fulcrum verify --head", () => {
  it("passes for a head that the log holds, and fails for one that it does not, or not at that revision", () =>
    withFile(async (file) => {
      const heads = await withOpenStore({ path: file }, async (store) => {
        await commit(store, [aConcept({ slug: "a" })]);
        const first = (await store.head()).hash;
        await commit(store, [patch("Concept:a", { title: "Another" })]);
        return [first, (await store.head()).hash] as const;
      });
      const verify = async (head: string) => {
        const { code, stdout, stderr } = await runCli(["verify", "--store", `sqlite:${file}`, "--head", head]);
        expect(stderr).toContain(`the log is chained up to 2:${heads[1]}\n`);
        return [code, stdout];
      };
      const elsewhere = "it is not the one that this head was taken from\n";
      expect(await verify(heads[0])).toEqual([0, ""]);
      expect(await verify(`2:${heads[1]}`)).toEqual([0, ""]);
      const other = "0".repeat(64);
      expect(await verify(other)).toEqual([1, `the log has no entry with the hash ${other}: ${elsewhere}`]);
      expect(await verify(`2:${heads[0]}`)).toEqual([
        1,
        `the log has another entry at revision 2, or none, with the hash ${heads[0]}: ${elsewhere}`,
      ]);
    }));

  it("refuses what is no hash as wrong usage", async () => {
    const { code, stderr } = await runCli(["verify", "--head", "2:abc"]);
    expect(code).toBe(2);
    expect(stderr).toContain("It must be 64 hexadecimal digits, or a revision, : and those.");
  });
});

/** Lends a backup of a bank of one commit, and tells whether it and its folder are as they were. */
const withBackup = (use: (file: string, isUntouched: () => boolean) => Promise<void>, isOlder = false): Promise<void> =>
  withFile(async (file) => {
    await withOpenStore({ path: file }, async (store) => {
      await commit(store, [aConcept({ slug: "a" })]);
      if (isOlder) await keepLogAsBefore(store, file);
    });
    const backup = path.join(mkdtempSync(path.join(path.dirname(file), "backup-")), "backup.db");
    await backUp({ url: `sqlite:${file}`, user: "", password: "", database: "" }, backup, () => undefined);
    const bytes = readFileSync(backup);
    await use(
      backup,
      () => readFileSync(backup).equals(bytes) && readdirSync(path.dirname(backup)).join() === "backup.db",
    );
  });

describe("fulcrum verify", () => {
  it("writes nothing", () =>
    withBackup(async (file, isUntouched) => {
      const { code, stderr } = await runCli(["verify", "--store", `sqlite:${file}`]);
      expect([code, stderr]).toEqual([0, expect.stringContaining("1 item as the log has them at revision 1")]);
      expect(isUntouched()).toBe(true);
    }));

  it.each([[["verify"]], [["verify", "--adopt"]]])(
    "leaves a store of an older format as it is, and names the command that changes it: %j",
    (command) =>
      withBackup(async (file, isUntouched) => {
        const verify = () => runCli([...command, "--store", `sqlite:${file}`]);
        const { code, stdout, stderr } = await verify();
        expect([code, stdout, stderr]).toEqual([
          1,
          "",
          expect.stringMatching(/^The store has storage version 6, .* run fulcrum migrate first\.\n$/),
        ]);
        expect(isUntouched()).toBe(true);
        expect((await runCli(["migrate", "--store", `sqlite:${file}`])).code).toBe(0);
        expect((await verify()).code).toBe(0);
      }, true),
  );

  it("makes no store where there is none", () =>
    withFile(async (file) => {
      const { code, stderr } = await runCli(["verify", "--store", `sqlite:${file}`]);
      expect([code, stderr]).toEqual([1, `There is no file ${file}.\n`]);
      expect(readdirSync(path.dirname(file))).toEqual([]);
    }));
});

describeNeo4j("fulcrum verify on Neo4j", (neo4j) => {
  it("leaves a database of an older format as it is, and names the command that changes it", async () => {
    await commit(await neo4j.emptyStore(), [aConcept({ slug: "a" })]);
    const format = async () => (await neo4j.query("MATCH (h:_Head {name: 'head'}) RETURN h.format AS format"))[0];
    const current = await format();
    await keepAsFormat2(neo4j);
    const { uri, user = "", password = "" } = neo4j.address;
    const cli = (command: string) =>
      runCli([command, "--store", uri], { env: { NEO4J_USER: user, NEO4J_PASSWORD: password } });
    const { code, stderr } = await cli("verify");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/has format 2, older .* run fulcrum migrate first\.\n$/)]);
    expect(await format()).toEqual({ format: 2 });
    expect((await cli("migrate")).code).toBe(0);
    expect(await format()).toEqual(current);
    expect((await cli("verify")).code).toBe(0);
  });
});
