// `npm run mutation -- [subjects …]`: puts small faults into the source, one at a time, and runs the tests that have to notice
// them (scripts/mutation-subjects.js); what came of it goes into docs/mutation.md. Takes minutes a subject, up to an hour.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const runFaults = require("./mutation-faults.js");
const subjects = require("./mutation-subjects.js");

const root = path.resolve(__dirname, "..");
const kept = path.join(root, "docs", "mutation.json");
const page = path.join(root, "docs", "mutation.md");
const given = process.argv.slice(2);
const unknown = given.filter((name) => !(name in subjects));
if (unknown.length > 0) {
  process.stderr.write(`There is no subject ${unknown.join(", ")}; there are ${Object.keys(subjects).join(", ")}.\n`);
  process.exit(1);
}

for (const name of given.length > 0 ? given : Object.keys(subjects)) {
  const report = subjects[name].faults ? runFaults(subjects[name]) : runStryker(name);
  fs.writeFileSync(kept, JSON.stringify({ ...read(), [name]: summaryOf(report) }));
}
fs.writeFileSync(page, text(read()));
spawnSync(process.execPath, [require.resolve("prettier/bin/prettier.cjs"), "--write", kept, page], {
  stdio: "inherit",
});

function runStryker(name) {
  const stryker = path.join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const env = { ...process.env, FULCRUM_MUTATION: name, FULCRUM_TEST_NEO4J: "off" };
  const { status } = spawnSync(process.execPath, [stryker, "run"], { cwd: root, env, stdio: "inherit" });
  if (status !== 0) process.exit(1);
  return JSON.parse(fs.readFileSync(path.join(root, ".cache", "mutation", `${name}.json`), "utf8"));
}

function read() {
  return fs.existsSync(kept) ? JSON.parse(fs.readFileSync(kept, "utf8")) : {};
}

/** Timeouts count as killed; what no test reaches counts as survived. */
function summaryOf(report) {
  const counts = { killed: 0, survived: 0 };
  const survivors = {};
  for (const [file, { source, mutants }] of Object.entries(report.files))
    for (const { status, location, mutatorName, replacement } of mutants) {
      if (status === "Ignored" || status === "CompileError") continue;
      const isKilled = status === "Killed" || status === "Timeout" || status === "RuntimeError";
      counts[isKilled ? "killed" : "survived"] += 1;
      if (isKilled) continue;
      const place = `${file} ${symbolAt(source, location.start.line)}`;
      (survivors[place] ??= []).push(`${mutatorName} on line ${location.start.line}: ${shorten(replacement)}`);
    }
  return { on: new Date().toISOString().slice(0, 10), ...counts, survivors };
}

function shorten(replacement = "") {
  return replacement.replace(/\s+/g, " ").slice(0, 60);
}

/** The name that was declared last at the start of a line, or of a line of a class. */
function symbolAt(source, line) {
  const declared =
    /^(?:export )?(?:default )?(?:async )?(?:function\*?|class|const|let|interface|type) (\w+)|^ {2}(?:private |readonly |static |async |get )*(\w+)\(/;
  for (const each of source.split("\n").slice(0, line).reverse()) {
    const [, top, method] = declared.exec(each) ?? [];
    if (top ?? method) return top ?? method;
  }
  return "the file";
}

function text(results) {
  const rows = Object.keys(subjects).map((name) => {
    const result = results[name];
    if (!result) return `| ${name} | | | | not run yet |`;
    const { killed, survived, on } = result;
    return `| ${name} | ${killed + survived} | ${killed} | ${Math.round((1_000 * killed) / (killed + survived)) / 10} % | ${on} |`;
  });
  const sections = Object.entries(results).map(([name, { survivors }]) => {
    const why = subjects[name].survivors ?? {};
    const lines = Object.entries(survivors).map(
      ([place, mutants]) => `- \`${place}\`, ${mutants.length}: ${why[place] ?? "not looked into yet."}`,
    );
    return `## What survives in ${name}\n${lines.length > 0 ? lines.join("\n") : "Nothing."}\n`;
  });
  return `# Mutants

Made by \`npm run mutation -- [subjects …]\`, which is no part of \`.ci/run\`. [StrykerJS](https://stryker-mutator.io) changes one expression at a time;
the tests of the subject, all in one process and without Neo4j, have to fail. What no test reaches counts as survived. Constants that are made when a file is loaded are left as they are.
The mutants of \`http\` are faults of the kinds that people make, listed with the tests that have to notice each of them (\`${subjects.http.faults}\`).

| subject | mutants | killed | score | on |
| --- | ---: | ---: | ---: | --- |
${rows.join("\n")}

${sections.join("\n")}`;
}
