// `npm run bench:quality -- NAME [options …]`: runs bench/quality/NAME.ts over the seed; without a name, says which there are.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const folder = path.join(root, "bench", "quality");
const [name, ...options] = process.argv.slice(2);
const names = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && fs.readFileSync(path.join(folder, file), "utf8").includes("main()"))
  .map((file) => file.slice(0, -".ts".length));
if (!names.includes(name)) {
  process.stderr.write(`Name one of: ${names.join(", ")}.\n`);
  process.exit(1);
}
require("./prepare.js").prepare({ build: false });
const { status } = spawnSync(process.execPath, ["--import", "tsx", path.join(folder, `${name}.ts`), ...options], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);
