import { Command, Option } from "commander";
import { keyState, newApiKey, parseApiKey, parseExpiry } from "../domain/access/api-key";
import type { ApiKey, KeyStore } from "../domain/access/key-store";
import { accessRoles } from "../domain/access/principal";
import { DomainError } from "../domain/errors";
import { nearNames, didYouMean } from "../domain/near-names";
import { storeOption, type StoreOption, withStore } from "./store-option";

const roles = accessRoles.filter((role) => role !== "ANONYMOUS");
const maxNameLength = 100;
const exitCodes = "Exit codes: 0 done, 1 failed, 2 wrong usage.";

export const keysCommand = (): Command => {
  const command = new Command("keys")
    .description("Make, list and revoke the API keys that clients send to write.")
    .addHelpText(
      "after",
      `
${exitCodes}

Examples:
  fulcrum keys create --role author --name "Ada Lovelace"
  fulcrum keys list
  fulcrum keys revoke 3f9a1c7b20de`,
    );
  for (const sub of [createCommand, listCommand, revokeCommand]) command.addCommand(sub());
  return command;
};

interface CreateOptions extends StoreOption {
  readonly role: string;
  readonly name: string;
  readonly expires: string;
}

const createCommand = (): Command =>
  new Command("create")
    .description("Make a key and print it. It is shown this once: only a hash of it is kept.")
    .addOption(
      new Option("--role <role>", "what its holder may do")
        .choices(roles.map((role) => role.toLowerCase()))
        .makeOptionMandatory(),
    )
    .requiredOption("--name <name>", "whom or what it is for; stands beside what its holder writes")
    .option("--expires <when>", "days (90d), the last day in UTC (2027-01-31), or never", "90d")
    .addOption(storeOption())
    .addHelpText(
      "after",
      `
Clients send it as a header, Authorization: Bearer <key>. The key alone goes to standard output.

An author writes change sets; an editor also reviews and publishes them; an admin may do everything.

${exitCodes}

Examples:
  fulcrum keys create --role author --name "Ada Lovelace"
  fulcrum keys create --role editor --name importer --expires 2027-01-31 > key.txt`,
    )
    .action(async ({ role, name, expires, ...store }: CreateOptions) => {
      const now = new Date();
      const given = {
        name: readName(name),
        role: roles.find((each) => each.toLowerCase() === role) as ApiKey["role"],
        expiresAt: parseExpiry(expires, now),
      };
      const { key, text } = newApiKey(given, now);
      await withStore(store, ({ keys }) => keys.add(key));
      const until = key.expiresAt === null ? "without an end" : `until ${minuteOf(key.expiresAt)}`;
      process.stderr.write(`made key ${key.id} for ${key.name}, ${role}, ${until}; it is not shown again:\n`);
      process.stdout.write(`${text}\n`);
    });

function readName(text: string): string {
  const name = text.trim();
  if (name === "" || name.length > maxNameLength || /\p{Cc}/u.test(name)) {
    throw new DomainError(
      "INVALID_ARGUMENT",
      `A key's name must be one line of 1 to ${maxNameLength} characters, but got: ${JSON.stringify(name.slice(0, maxNameLength))}.`,
    );
  }
  return name;
}

const listCommand = (): Command =>
  new Command("list")
    .description("List all keys, oldest first, with what became of them; never their secrets.")
    .addOption(storeOption())
    .addHelpText(
      "after",
      `
Times are UTC. The last use is noted once a minute.

${exitCodes}

Examples:
  fulcrum keys list
  fulcrum keys list --store neo4j://localhost:7687`,
    )
    .action(async (store: StoreOption) => {
      const keys = await withStore(store, (each) => each.keys.keys());
      const now = new Date();
      const rows = keys.map((key) => [
        key.id,
        key.role.toLowerCase(),
        keyState(key, now).toLowerCase(),
        minuteOf(key.createdAt),
        key.expiresAt === null ? "never" : minuteOf(key.expiresAt),
        key.lastUsedAt === null ? "never" : minuteOf(key.lastUsedAt),
        key.name,
      ]);
      process.stdout.write(table([["id", "role", "state", "created", "expires", "last used", "name"], ...rows]));
    });

/** Formats an ISO time as `2026-11-28 12:00`. */
const minuteOf = (time: string): string => time.slice(0, 16).replace("T", " ");

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map(
      (row) =>
        `${row
          .map((text, i) => text.padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

const revokeCommand = (): Command =>
  new Command("revoke")
    .description("End a key for good: the next request with it is refused.")
    .argument("<id>", "the key's id, as it is listed; the key itself will do")
    .addOption(storeOption())
    .addHelpText(
      "after",
      `
${exitCodes}

Examples:
  fulcrum keys revoke 3f9a1c7b20de`,
    )
    .action(async (given: string, store: StoreOption) => {
      const id = parseApiKey(given)?.id ?? given.replace(/^fk_/, "");
      await withStore(store, ({ keys }) => revoke(keys, id));
      process.stderr.write(`revoked key ${id}\n`);
    });

async function revoke(keys: KeyStore, id: string): Promise<void> {
  if (await keys.revoke(id, new Date().toISOString())) return;
  const near = didYouMean(
    nearNames(
      id,
      (await keys.keys()).map((key) => key.id),
    ),
  );
  throw new DomainError("NOT_FOUND", `There is no key ${JSON.stringify(id)}.${near}`);
}
