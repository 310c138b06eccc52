import { readConfig } from "../../src/config";
import { createLogger } from "../../src/serve";
import { prepareStore } from "../../src/serve";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store";
import { withFile } from "./sqlite/store-file";

const logger = createLogger("silent");
const never = new AbortController().signal;

describe("a store that was never migrated", () => {
  it.each([
    ["on", "opened"],
    ["off", "STORE_MISMATCH"],
  ])("with FULCRUM_MIGRATE %s: %s", (migrate, expected) =>
    withFile(async (path) => {
      const store = await openSqliteStore({ path });
      const config = readConfig({ FULCRUM_MIGRATE: migrate, FULCRUM_SEED: "off" });
      const outcome = prepareStore(store, config, logger, never, () => Promise.resolve()).then(
        () => "opened",
        (error: { readonly code: string }) => error.code,
      );
      expect(await outcome).toBe(expected);
      await store.close();
    }),
  );
});
