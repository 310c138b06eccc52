const { execFileSync, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { parse } = require("yaml");

const root = path.resolve(__dirname, "..");
const copy = path.join(root, ".cache", "faults");
const outcome = path.join(copy, "outcome.json");
const jest = path.join(root, "node_modules", "jest", "bin", "jest.js");

/**
 * Puts the listed faults of a folder into a copy of the source, one at a time, and runs the tests that each of them names.
 * Returns a report of the form that StrykerJS gives. Throws for a fault that no longer fits, and for tests that fail without one.
 */
module.exports = function runFaults({ folder, faults: list }) {
  const faultsByFile = parse(fs.readFileSync(path.join(root, list), "utf8"));
  const faults = Object.entries(faultsByFile).flatMap(([name, list]) =>
    list.map((fault) => fitted(path.posix.join(folder, name), fault)),
  );
  copySource();
  const tests = [...new Set(faults.flatMap((fault) => fault.tests))];
  const { status, seconds } = run(tests, undefined);
  if (status !== "Survived") throw new Error("The tests fail without a fault.");

  const files = {};
  for (const { file, source, at, line, is, from, to, tests } of faults) {
    fs.writeFileSync(path.join(copy, file), source.slice(0, at) + to + source.slice(at + from.length));
    // A test that waits for what does not come has noticed. A machine that grew busy meanwhile is not to be taken for that.
    const limit = 120 + 5 * tests.reduce((sum, test) => sum + seconds[test], 0);
    const { status, by } = run(tests, limit);
    fs.writeFileSync(path.join(copy, file), source);
    process.stdout.write(`${status === "Survived" ? "SURVIVED" : "caught  "} ${file}: ${is}${by ? ` (${by})` : ""}\n`);
    files[file] ??= { source, mutants: [] };
    files[file].mutants.push({ status, location: { start: { line } }, mutatorName: is, replacement: to || "nothing" });
  }
  return { files };
};

/** The fault with its place. */
function fitted(file, { is, from, to = "", tests }) {
  const source = fs.readFileSync(path.join(root, file), "utf8");
  const at = source.indexOf(from);
  if (at < 0 || source.indexOf(from, at + 1) >= 0) throw new Error(`${file} has not once: ${from}`);
  const line = source.slice(0, at + from.search(/\S/)).split("\n").length;
  return { file, source, at, line, is, from, to, tests: tests.map((test) => `test/${test}.test.ts`) };
}

/** What git has or would have of the source and the tests, so that a run leaves both alone. */
function copySource() {
  fs.rmSync(copy, { recursive: true, force: true });
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const generated = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", "test"];
  for (const each of [list, generated].flatMap((given) => git(given))) {
    if (/^(bench|labs|docs)\//.test(each) || !fs.existsSync(path.join(root, each))) continue;
    fs.mkdirSync(path.dirname(path.join(copy, each)), { recursive: true });
    fs.copyFileSync(path.join(root, each), path.join(copy, each));
  }
  fs.symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
}

const git = (given) => execFileSync("git", given, { cwd: root, encoding: "utf8" }).split("\0").filter(Boolean);

/** Runs files of tests in one process, until one has failed or so many seconds are over: which test failed, and how long each file took. */
function run(tests, limit) {
  fs.rmSync(outcome, { force: true });
  const given = [
    "--runInBand",
    "--bail",
    "--silent",
    "--json",
    `--outputFile=${outcome}`,
    "--runTestsByPath",
    ...tests,
  ];
  const env = { ...process.env, FULCRUM_TEST_NEO4J: "off" };
  const ended = spawnSync(process.execPath, [jest, ...given], {
    cwd: copy,
    env,
    timeout: limit && limit * 1_000,
    killSignal: "SIGKILL",
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (ended.error?.code === "ETIMEDOUT") return { status: "Timeout" };
  // A test that ends the process leaves no outcome.
  const told = fs.existsSync(outcome) ? JSON.parse(fs.readFileSync(outcome, "utf8")) : null;
  if (told === null || told.numRuntimeErrorTestSuites > 0 || (limit === undefined && ended.status !== 0))
    process.stderr.write(ended.stderr);
  if (told?.numRuntimeErrorTestSuites > 0) throw new Error("The tests cannot be loaded.");
  const files = told?.testResults ?? [];
  const seconds = Object.fromEntries(
    files.map(({ name, startTime, endTime }) => [path.relative(copy, name), (endTime - startTime) / 1_000]),
  );
  if (ended.status === 0) return { status: "Survived", seconds };
  const failed = files.flatMap((file) => file.assertionResults).find((test) => test.status === "failed");
  return { status: told === null ? "RuntimeError" : "Killed", by: failed?.fullName };
}
