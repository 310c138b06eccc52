// `node --import tsx bench/import.ts [sqlite|neo4j …] [sizes …]`: how long the import of the made-up bank takes, beside the floor:
// the same rows written without reading, checking or comparing anything. Needs what `npm run build` makes.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import path from "node:path";
import { startMavenServer } from "../test/neo4j/maven-server";
import { openStore } from "../src/store/open-store";
import { neo4jFloor, type Spent, sqliteFloor } from "./import-floor";
import { writeRecords } from "./records";

const root = path.resolve(__dirname, "..");
const folder = path.join(root, ".cache", "bench");

/** Seconds; bytes at the peak. `database` is the time of a server's processor. */
interface Figures {
  readonly wall: number;
  readonly cpu: number;
  readonly database?: number;
  readonly memory: number;
  readonly said: string;
}
interface Row extends Figures {
  readonly questions: number;
  readonly what: string;
  readonly load: number;
}

const rows: Row[] = [];
const note = (questions: number, what: string, figures: Figures): void => {
  const row = { questions, what, ...figures, load: loadavg()[0] as number };
  rows.push(row);
  process.stderr.write(`${lineOf(row)}\n`);
};

async function main(): Promise<void> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === "--records") return writeRecords(Number(rest[0]), rest[1] as string);
  if (command === "--floor")
    return tell(await (rest[1]!.startsWith("bolt") ? neo4jFloor : sqliteFloor)(rest[0]!, rest[1]!));
  const given = process.argv.slice(2);
  const sizes = given.filter((each) => /^\d+$/.test(each)).map(Number);
  const stores = given.filter((each) => !/^\d+$/.test(each));
  mkdirSync(folder, { recursive: true });
  for (const questions of sizes.length > 0 ? sizes : [3_000, 30_000]) {
    // What is written into Neo4j for the floor is read from the imported file.
    if (stores.length === 0 || stores.includes("sqlite") || !existsSync(importedOf(questions))) await sqlite(questions);
    if (stores.length === 0 || stores.includes("neo4j")) await neo4j(questions);
    write();
  }
}

const tell = (spent: Spent): void => void process.stdout.write(JSON.stringify(spent));

const recordsOf = (questions: number): string => path.join(folder, `${questions}.jsonl`);
const importedOf = (questions: number): string => path.join(folder, `import-${questions}.db`);
const self = (...args: readonly string[]) => ["--max-old-space-size=8000", "--import", "tsx", __filename, ...args];

async function sqlite(questions: number): Promise<void> {
  const [records, imported, floor] = [recordsOf(questions), importedOf(questions), path.join(folder, "floor.db")];
  if (!existsSync(records)) await run(self("--records", String(questions), records));
  for (const file of [imported, floor]) for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  const arguments_ = ["dist/cli/fulcrum.js", "import", "--quality", "off", "--store", `sqlite:${imported}`, records];
  note(questions, "SQLite: import", await run(arguments_));
  note(questions, "SQLite: floor, plain INSERTs", await floorOf(imported, floor));
  note(questions, "SQLite: the same import again", await run(arguments_));
  for (const end of ["", "-wal", "-shm"]) rmSync(floor + end, { force: true });
}

async function neo4j(questions: number): Promise<void> {
  const onServer = async (what: string, use: (uri: string) => Promise<Figures>) => {
    const server = await startMavenServer({ heap: "2g", pageCache: "512m" });
    try {
      await setUp(server.uri);
      const before = usageOf(server.pid).cpu;
      const figures = await use(server.uri);
      note(questions, what, { ...figures, database: usageOf(server.pid).cpu - before });
    } finally {
      await server.remove();
    }
  };
  await onServer("Neo4j: import", (uri) =>
    run(["dist/cli/fulcrum.js", "import", "--quality", "off", "--store", uri, recordsOf(questions)]),
  );
  await onServer("Neo4j: floor, UNWIND batches", (uri) => floorOf(importedOf(questions), uri));
}

/** A server that has just started may not be done in time with the first things that it is asked. */
async function setUp(uri: string): Promise<void> {
  const store = await openStore({ url: uri, user: "", password: "", database: "neo4j" });
  for (let tries = 5; ; tries--) {
    try {
      await store.migrate();
      break;
    } catch (error) {
      if (tries === 0) throw error;
    }
  }
  await store.close();
}

/** What the writing alone took, in a process of its own. */
async function floorOf(imported: string, target: string): Promise<Figures> {
  const { said, ...figures } = await run(self("--floor", imported, target));
  const { wall, cpu } = JSON.parse(said) as Spent;
  return { ...figures, wall: wall / 1_000, cpu: cpu / 1_000, said: "" };
}

/** Runs Node.js and watches what it uses, from the operating system's counters (proc(5)). */
async function run(args: readonly string[]): Promise<Figures> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NEO4J_USER: "", NEO4J_PASSWORD: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [cpu, memory, said] = [0, 0, ""];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (said += text.toString()));
  const watch = setInterval(() => {
    if (child.exitCode !== null) return;
    const usage = usageOf(child.pid as number);
    [cpu, memory] = [Math.max(cpu, usage.cpu), Math.max(memory, usage.memory)];
  }, 50);
  const code = await new Promise((resolve) => child.on("close", resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${String(code)}:\n${said}`);
  return { wall: (performance.now() - started) / 1_000, cpu, memory, said: said.trim() };
}

const ticksPerSecond = 100;

/** Seconds of the processor and bytes of memory at the peak that a process has used; nothing for one that has just gone. */
function usageOf(pid: number): { readonly cpu: number; readonly memory: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return { cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, memory: Number(peak ?? 0) * 1_024 };
  } catch {
    return { cpu: 0, memory: 0 };
  }
}

function lineOf({ questions, what, wall, cpu, database = 0, memory, load, said }: Row): string {
  const floor = rows.find(
    (each) => each.questions === questions && each.what.startsWith(`${what.split(":")[0]}: floor`),
  );
  const ratio =
    floor && what.endsWith("import") ? ((cpu + database) / (floor.cpu + (floor.database ?? 0))).toFixed(1) : "";
  const cells = [wall, cpu, database].map((seconds) => (seconds === 0 ? "" : seconds.toFixed(1)));
  return `| ${[questions, what, ...cells, ratio, Math.round(memory / 1e6), load.toFixed(1), said].join(" | ")} |`;
}

function write(): void {
  const text = `# Import, measured

Made by \`node --import tsx bench/import.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}, Neo4j 5.26
Community with a heap of 2 GiB on the same machine. \`fulcrum import\` of the made-up bank as JSON Lines into an empty store. Seconds of wall clock, and of
the processor (user and system) of Fulcrum's process and of the database's; "ratio" is the processor time over that of the floor in this
run: the same rows, log entries and indexes written in the same commits, without reading, checking or comparing anything. Memory is the
peak resident set of Fulcrum's process in MB, load the machine's average over the last minute, others' work included: with more than
two at work on two cores, wall clock says little, and processor time is inflated too.

| questions | what | wall s | CPU s | database CPU s | ratio | peak MB | load | said |
|---|---|---|---|---|---|---|---|---|
${rows.map(lineOf).join("\n")}
`;
  mkdirSync(path.join(__dirname, "results"), { recursive: true });
  writeFileSync(path.join(__dirname, "results", "import.md"), text);
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
