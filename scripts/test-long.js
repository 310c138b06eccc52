// `npm run test:long -- [parts of names …] [options of Jest …]`: the tests of load and faults at their full figures, one after
// another, or those that are named; what they measured goes into docs/long-tests.md. FULCRUM_TEST_LONG=0.2 runs a fifth.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
require("./prepare.js").prepare({ build: false });

const root = path.resolve(__dirname, "..");
const kept = path.join(root, "test", "long", "figures.json");
const report = path.join(root, "docs", "long-tests.md");

const suites = {
  "test/http/draft-leaks.test.ts": {
    "Draft leaks":
      "Random banks, each asked the whole corpus of queries by somebody without a key, before and after drafts are saved beside it; the answers are compared byte for byte, with their headers.",
  },
  "test/long/concurrent-editors.test.ts": {
    "Editors at once":
      "Editors with keys of their own write over HTTP, half of them to one server and half to another over the same database. They add to texts that others add to as well, from what they have read (`expectedRevision`), create questions, and put them last in one list. Each acknowledged mutation has to be one revision, and the graph what these make of it one after another.",
  },
  "test/long/lost-answers.test.ts": {
    "Lost answers":
      "A proxy cuts the connection in place of three in ten answers to clients; on Neo4j, another one does so in place of three in ten answers to COMMIT. Clients send again under the same key until they are answered. Change sets are opened, commented on, written to and published, and texts edited: all of them mutations that would be seen to be carried out twice.",
  },
  "test/store/neo4j/killed-server.test.ts": {
    "Neo4j killed while it commits":
      "Three writers commit to a Neo4j that is killed (SIGKILL) and started again. Each commit that was acknowledged has to be there, and each that is there has to be whole.",
  },
  "test/store/sqlite/kill-publishing.test.ts": {
    "Process killed while it publishes":
      "A process publishes change sets of 59 items until it is killed (SIGKILL) in the middle. What then is in the file has to be all of a change set or nothing of it, and its status has to say the same.",
  },
  "test/backup/neo4j-drill.test.ts": {
    "Backup of Neo4j under writers that are killed":
      "Two processes save drafts, commit, publish and add API keys, and are killed (SIGKILL) in the middle, one while the backup is made and one at its end. The backup is restored elsewhere, where all that was acknowledged before it began has to be as it was: graph, log, drafts, API keys, and what a call answers that is made again.",
    "How long a backup of Neo4j keeps commits waiting":
      "A process writes as fast as it can while a backup is made. What is done in each transaction that holds the head's lock, for which commits wait.",
  },
  "test/long/killed-publishing.test.ts": {
    "API process killed while it publishes":
      "The server is killed while it publishes such change sets to Neo4j for a client, is started again, and is sent the last one again under its key.",
    "Neo4j killed while the API publishes":
      "Neo4j is killed and started again while the server publishes to it; the client sends again under the same key until it is answered.",
  },
  "test/contract/neo4j.test.ts": {
    "Contract on Neo4j":
      "What every store promises, with hubs of 5,000 links and with every order of every relation and list in both directions. An ordinary run has hubs of 1,000 of these links, and each order in one direction.",
  },
  "test/content/codec.test.ts": {
    "Banks and their files":
      "Random banks and texts, written to files and read again, imported, and put in the place of others: nothing may be lost, and the files have to be the same byte for byte.",
  },
  "test/contract/same-answers": {
    "Random stories":
      "Random banks, commands, retries and questions, played on a store and on the model in memory; every outcome, every answer and the whole of the bank have to be the same.",
  },
  "test/store/memory/past-views.test.ts": {
    "Views of the past":
      "Each revision of random histories, looked at from the last one: texts, links and names have to be what they were.",
  },
  "test/store/neo4j/plans.test.ts": {
    "Plans of Neo4j":
      "Statements for every relation, order, place, clause and pair of clauses, each explained by a Neo4j that is loaded with a bank: none may look through a whole label, or sort where an index has the order.",
  },
  "test/graphql/cost/": {
    "Work for a unit of cost":
      "Each root field at the arguments that make it work hardest, on the seed and on 3,000 questions: the nodes, links, postings and bytes that it touches for a unit of cost, as a share of what the mission walk touches. No more than 300 percent is allowed.",
  },
  "test/strings/": {
    "Hostile texts":
      "Injections of SQL, Cypher and search operators, control characters, half surrogate pairs, bidirectional marks, very long texts and combinations of these, in every argument and input field of the schema that takes text. Each is kept as it was sent or refused with a listed code; the rest of the bank stays as it was, and no statement is sent that harmless texts do not send. The fields of a filter that are read by the same code share their texts.",
  },
};

const given = process.argv.slice(2);
const firstOption = given.findIndex((each) => each.startsWith("-"));
const wanted = firstOption < 0 ? given : given.slice(0, firstOption);
const options = firstOption < 0 ? [] : given.slice(firstOption);
const chosen = Object.keys(suites).filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
const failed = chosen.filter((file) => !run(file));
fs.writeFileSync(report, text(read()));
for (const file of failed)
  process.stdout.write(`✗ ${file} failed; of what failed, the former figures stay in ${path.relative(root, report)}\n`);
process.exitCode = failed.length === 0 && chosen.length > 0 ? 0 : 1;

/** Runs the tests of a file and keeps what they tell; false if one fails. */
function run(file) {
  const told = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "fulcrum-figures-")), "told");
  const env = { FULCRUM_TEST_LONG: "1", ...process.env, FULCRUM_TEST_FIGURES: told, FULCRUM_TEST_NEO4J: "required" };
  const jest = path.join(root, "node_modules", "jest", "bin", "jest.js");
  const args = [jest, "--runInBand", "--forceExit", ...options, file];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: "inherit" });
  const all = new Map(read().map((entry) => [`${entry.test} ${entry.store}`, entry]));
  for (const line of lines(told)) {
    const entry = JSON.parse(line);
    all.set(`${entry.test} ${entry.store}`, {
      ...entry,
      on: new Date().toISOString().slice(0, 10),
      machine: machine(),
    });
  }
  fs.rmSync(path.dirname(told), { recursive: true });
  fs.writeFileSync(kept, `${JSON.stringify([...all.values()], null, 2)}\n`);
  return status === 0;
}

/** A test tells its figures when it has passed. */
function lines(told) {
  return fs.existsSync(told) ? fs.readFileSync(told, "utf8").trim().split("\n") : [];
}

function machine() {
  const gibibytes = Math.round(os.totalmem() / 2 ** 30);
  return `${os.cpus()[0]?.model ?? "unknown"}, ${os.cpus().length} cores, ${gibibytes} GiB, Node.js ${process.version}`;
}

function read() {
  return fs.existsSync(kept) ? JSON.parse(fs.readFileSync(kept, "utf8")) : [];
}

function text(entries) {
  const sections = Object.values(suites)
    .flatMap((tests) => Object.entries(tests))
    .map(([test, about]) =>
      section(
        test,
        about,
        entries.filter((entry) => entry.test === test),
      ),
    );
  return `# Load and faults, in full

Made by \`npm run test:long\`. Every figure is of a run that passed; \`npm test\` runs a tenth of each, or less. Random choices have fixed seeds.

${sections.join("\n")}`;
}

function section(test, about, entries) {
  if (entries.length === 0) return `## ${test}\n${about}\n\nNot run yet.\n`;
  const names = [...new Set(entries.flatMap(({ figures }) => Object.keys(figures)))];
  const cell = (value) => (value === undefined ? "" : value.toLocaleString("en"));
  const rows = [
    ["", ...entries.map(({ store }) => store)],
    ["---", ...entries.map(() => "---:")],
    ...names.map((name) => [name, ...entries.map(({ figures }) => cell(figures[name]))]),
  ];
  const runs = new Set(entries.map(({ on, machine }) => `${on}: ${machine}.`));
  return `## ${test}\n${about}\n\n${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n\n${[...runs].join(" ")}\n`;
}
