// `npm run attacks -- [names …]`: attacks a built server on loopback and tells what others meet meanwhile; see bench/attacks/run.ts.
const { spawnSync } = require("node:child_process");
const path = require("node:path");
require("./prepare.js").prepare();

const root = path.resolve(__dirname, "..");
const { status } = spawnSync(
  process.execPath,
  ["--import", "tsx", path.join(root, "bench", "attacks", "run.ts"), ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
