import { join } from "node:path";
import { withFolder } from "../content/temporary-folder";
import { openStore } from "../../src/store/open-store";
import type { ApiKey } from "../../src/domain/access/key-store";
import { runApp, post } from "../http/running-app";
import { runCli } from "./run-cli";

/** Runs commands on the SQLite file of one folder. */
const withKeys = (use: (keys: (...args: string[]) => ReturnType<typeof runCli>, url: string) => Promise<void>) =>
  withFolder((folder) => {
    const url = `sqlite:${join(folder, "keys.db")}`;
    return use((...args) => runCli(["keys", ...args], { cwd: folder, env: { FULCRUM_STORE: url } }), url);
  });

const open = (url: string) => openStore({ url, user: "", password: "", database: "neo4j" });

async function stored(url: string): Promise<readonly ApiKey[]> {
  const store = await open(url);
  try {
    await store.migrate();
    return await store.keys.keys();
  } finally {
    await store.close();
  }
}

describe("fulcrum keys", () => {
  it("makes a key that is shown once, opens the API, is listed, and ends when it is revoked", () =>
    withKeys(async (keys, url) => {
      const { code, stdout, stderr } = await keys("create", "--role", "editor", "--name", " Ada Lovelace ");
      expect(code).toBe(0);
      expect(stdout).toMatch(/^fk_[0-9a-f]{12}_[0-9a-f]{64}\n$/);
      const text = stdout.trim();
      const [, id, secret] = text.split("_") as [string, string, string];
      expect(stderr).toMatch(
        new RegExp(
          `^made key ${id} for Ada Lovelace, editor, until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d; it is not shown again:\n$`,
        ),
      );
      const [key] = await stored(url);
      expect(key).toMatchObject({ id, name: "Ada Lovelace", role: "EDITOR", revokedAt: null });
      const days = (Date.parse(key?.expiresAt ?? "") - Date.parse(key?.createdAt ?? "")) / 86_400_000;
      expect(days).toBe(90);

      const store = await open(url);
      const app = await runApp({ store });
      const ask = () => post(app, { query: "{ viewer { name role } }" }, { authorization: `Bearer ${text}` });
      expect(await (await ask()).json()).toMatchObject({ data: { viewer: { name: "Ada Lovelace", role: "EDITOR" } } });

      const listed = await keys("list");
      expect(listed.stdout.split("\n")[0]).toMatch(/^id +role +state +created +expires +last used +name$/);
      expect(listed.stdout.split("\n")[1]).toMatch(
        new RegExp(
          `^${id} +editor +active +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +Ada Lovelace$`,
        ),
      );
      expect(listed.stdout).not.toContain(secret);

      expect(await keys("revoke", id)).toEqual({ code: 0, stdout: "", stderr: `revoked key ${id}\n` });
      expect((await ask()).status).toBe(401);
      expect((await keys("list")).stdout).toMatch(new RegExp(`^${id} +editor +revoked `, "m"));
      await app.close();
      await store.close();
    }));

  it("takes the whole key where its id is wanted, and says which id may have been meant", () =>
    withKeys(async (keys, url) => {
      const text = (await keys("create", "--role", "author", "--name", "Ada", "--expires", "never")).stdout.trim();
      const id = text.split("_")[1] as string;
      const near = id.slice(0, -1) + (id.endsWith("0") ? "1" : "0");
      expect(await keys("revoke", near)).toEqual({
        code: 1,
        stdout: "",
        stderr: `There is no key "${near}". Did you mean "${id}"?\n`,
      });
      expect(await stored(url)).toMatchObject([{ id, role: "AUTHOR", expiresAt: null, revokedAt: null }]);
      expect(await keys("revoke", text)).toMatchObject({ code: 0 });
      const [revoked] = await stored(url);
      expect(await keys("revoke", `fk_${id}`)).toMatchObject({ code: 0 });
      expect(await stored(url)).toEqual([revoked]);
    }));

  it.each<[string[], number, string]>([
    [["create", "--name", "Ada"], 2, "error: required option '--role <role>' not specified"],
    [
      ["create", "--role", "boss", "--name", "Ada"],
      2,
      "error: option '--role <role>' argument 'boss' is invalid. Allowed choices are author, editor, admin.",
    ],
    [
      ["create", "--role", "admin", "--name", "a\nb"],
      1,
      `A key's name must be one line of 1 to 100 characters, but got: "a\\nb".`,
    ],
    [
      ["create", "--role", "admin", "--name", "Ada", "--expires", "soon"],
      1,
      'An expiry must be a number of days such as "90d", a day such as "2027-01-31", or "never", but got: "soon".',
    ],
    [["revoke"], 2, "error: missing required argument 'id'"],
    [["revoke", "nothing"], 1, 'There is no key "nothing".\n'],
    [["lsit"], 2, "error: unknown command 'lsit'\n(Did you mean list?)"],
  ])("%j is refused with exit code %d, and makes no key", (args, expected, message) =>
    withKeys(async (keys, url) => {
      const { code, stdout, stderr } = await keys(...args);
      expect([code, stdout]).toEqual([expected, ""]);
      expect(stderr).toContain(message);
      expect(await stored(url)).toEqual([]);
    }),
  );
});
