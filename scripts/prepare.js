// Makes a checkout runnable: installs the locked dependencies (development ones too, since it builds) when they are
// absent or differ from the lock, and compiles src/ when dist/ is absent or older. Plain Node: it runs before anything else.
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const stamp = path.join(root, "node_modules", ".installed-lock");

function prepare({ build = true } = {}) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    fail(`Fulcrum needs Node.js 20.19 or later, but this is ${process.version}.`);
  const lock = createHash("sha256")
    .update(fs.readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (read(stamp) !== lock) {
    say("installing the locked dependencies");
    run(process.platform === "win32" ? "npm.cmd" : "npm", [
      "ci",
      "--include=dev",
      "--no-fund",
      "--no-audit",
      "--loglevel=error",
    ]);
    fs.writeFileSync(stamp, lock);
  }
  if (build && newest(path.join(root, "src")) > modified(path.join(root, "dist", ".built"))) {
    say("compiling");
    run(process.execPath, [path.join(root, "node_modules", "typescript", "bin", "tsc"), "-p", "tsconfig.build.json"]);
    fs.writeFileSync(path.join(root, "dist", ".built"), "");
  }
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) fail(`${path.basename(command)} ${args[0]} failed${error ? `: ${error.message}` : ""}.`);
}

function newest(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .reduce(
      (latest, name) => Math.max(latest, modified(path.join(folder, name))),
      modified(path.join(root, "tsconfig.build.json")),
    );
}

const modified = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const read = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null);
const say = (text) => process.stderr.write(`fulcrum: ${text} …\n`);

function fail(text) {
  process.stderr.write(`fulcrum: ${text}\n`);
  process.exit(1);
}

module.exports = { prepare };
if (require.main === module) prepare({ build: !process.argv.includes("--no-build") });
