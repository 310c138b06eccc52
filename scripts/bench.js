// `npm run bench -- cost` runs bench/cost.ts, and `compare` bench/compare.ts. `npm run bench -- [sizes …]`: installs the peers, which nothing else depends on, and compares.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
require("./prepare.js").prepare();

const folder = path.resolve(__dirname, "..", "bench");
const run = (command, args, cwd) => {
  const { status } = spawnSync(command, args, { cwd, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};
const [name, ...rest] = process.argv.slice(2);
if (name === "cost" || name === "compare") {
  run(process.execPath, ["--import", "tsx", path.join(folder, `${name}.ts`), ...rest], path.resolve(__dirname, ".."));
  process.exit(0);
}
if (!fs.existsSync(path.join(folder, "node_modules"))) run("npm", ["ci", "--no-fund", "--no-audit"], folder);
run(
  process.execPath,
  ["--import", "tsx", path.join(folder, "run.ts"), ...process.argv.slice(2)],
  path.resolve(__dirname, ".."),
);
