// `npm run dev`: compiles src/ at each change, and starts the server again with what came of it. Stack traces name lines of src/.
const { spawn } = require("node:child_process");
const path = require("node:path");

require("./prepare.js").prepare();

const root = path.resolve(__dirname, "..");
const run = (...args) => spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
const compiler = run(
  path.join(root, "node_modules", "typescript", "bin", "tsc"),
  ...["-p", "tsconfig.build.json", "--watch", "--preserveWatchOutput"],
);
const server = run("--watch", "--watch-preserve-output", "--enable-source-maps", path.join(root, "dist", "main.js"));

for (const [one, other] of [
  [compiler, server],
  [server, compiler],
])
  one.on("exit", (code) => {
    other.kill();
    process.exitCode ??= code ?? 0;
  });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => {
    compiler.kill();
    server.kill();
  });
