import { runCli } from "./run-cli";

describe("fulcrum", () => {
  it("lists its commands", async () => {
    const { code, stdout } = await runCli(["--help"]);
    expect(code).toBe(0);
    expect(stdout.match(/^ {2}(\w+) (?= |\[options\])/gm)?.map((line) => line.trim().split(" ")[0])).toEqual([
      "serve",
      "migrate",
      "import",
      "export",
      "lint",
      "reviews",
      "documents",
      "verify",
      "backup",
      "restore",
      "keys",
      "generate",
    ]);
  });

  it.each([
    "serve",
    "migrate",
    "import",
    "export",
    "lint",
    "reviews",
    "documents",
    "verify",
    "backup",
    "restore",
    "keys",
    "keys create",
    "keys list",
    "keys revoke",
    "generate",
  ])("%s --help tells how to use it, with examples and exit codes", async (command) => {
    const { code, stdout } = await runCli([...command.split(" "), "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: fulcrum ${command} \\[options\\]`));
    expect(stdout).toMatch(/Exit codes: 0 .*, 1 .*, 2 wrong usage\./);
    expect(stdout).toMatch(new RegExp(`Examples:\n(.*\n)*? {2}.*fulcrum ${command}`));
  });

  it.each<[string[], string]>([
    [[], "Usage: fulcrum"],
    [["lnit"], "error: unknown command 'lnit'\n(Did you mean lint?)"],
    [["lint"], "error: missing required argument 'dir'"],
    [["lint", "--colour", "x"], "error: unknown option '--colour'"],
    [
      ["lint", "--format", "xml", "x"],
      "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are text, sarif.",
    ],
    [["import", "a", "b"], "error: too many arguments for 'import'. Expected 1 argument but got 2."],
  ])("%j is wrong usage: exit code 2, and what is wrong on standard error", async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  it.each<[string[], Record<string, string>, string]>([
    [
      ["import", "--store", "mysql://x", "seed"],
      {},
      'FULCRUM_STORE must be sqlite:PATH, neo4j://HOST[:PORT] or bolt://HOST[:PORT], but got: "mysql://x".',
    ],
    [["migrate"], { FULCRUM_STORE: "nowhere" }, "FULCRUM_STORE must be sqlite:PATH"],
    [["lint", "/no/such/folder"], {}, "The folder /no/such/folder cannot be read (ENOENT)."],
  ])("%j in %j fails: exit code 1, and one sentence on standard error", async (args, env, message) => {
    const { code, stdout, stderr } = await runCli(args, { env });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain(" at ");
  });
});
