// `npm run check`: every check that needs no running test, each with the command that mends it. Runs all, then tells.
const { spawnSync } = require("node:child_process");
const path = require("node:path");

const checks = [
  ["format", "prettier --check .", "npm run format"],
  ["typed documents", "graphql-codegen --config codegen.yml", "fix test/operations, or the schema"],
  ["lint", "eslint .", "npx eslint --fix ."],
  ["types", "tsc --noEmit", "fix the types"],
  ["names", "node scripts/check-names.js", "rename; ARCHITECTURE.md's glossary has the words"],
  ["layers", "depcruise --config .dependency-cruiser.cjs src", "move the import; the rule says why"],
  ["unused", "knip", "delete what nothing uses"],
  ["drift", "node dist/cli/fulcrum.js generate --check", "npm run generate"],
  ["content", "node dist/cli/fulcrum.js lint seed", "fix the files, or npm run fulcrum -- lint --fix seed"],
];

const root = path.resolve(__dirname, "..");
const env = { ...process.env, PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}` };
const failed = checks.filter(([name, command]) => {
  process.stdout.write(`── ${name}: ${command}\n`);
  return spawnSync(command, { cwd: root, env, shell: true, stdio: "inherit" }).status !== 0;
});
for (const [name, , cure] of failed) process.stdout.write(`✗ ${name} failed. To mend it: ${cure}\n`);
process.stdout.write(`${checks.length - failed.length} of ${checks.length} checks passed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
