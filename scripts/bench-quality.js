// `npm run bench:quality -- <name>`: how good the answers are, by bench/quality/<name>.ts.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
require("./prepare.js").prepare({ build: false });

const root = path.resolve(__dirname, "..");
const folder = path.join(root, "bench", "quality");
const names = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length));
const [name, ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  process.stderr.write(`Which one? There are: ${names.join(", ")}.\n`);
  process.exit(1);
}
const script = path.join(folder, `${name}.ts`);
const { status } = spawnSync(process.execPath, ["--import", "tsx", script, ...rest], { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
