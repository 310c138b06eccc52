import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { commit, patch } from "../builders/changes";
import { aConcept } from "../builders/nodes";
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
