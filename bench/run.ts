// `npm run bench -- [sizes …]`: Fulcrum from memory, on SQLite and on Neo4j, two peers on the same Neo4j, the plain build
// over the same memory, and the least that a server can do, in one run. BENCH_SECONDS a cell; BENCH_OPERATIONS, such as
// "walk,list of 50", for some operations alone.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { startMavenServer } from "../test/neo4j/maven-server";
import { openStore } from "../src/store/open-store";
import { load } from "./load";
import { type Figures, measure, type Operation, post } from "./measure";
import { cases, page } from "./operations";
import { report, type Row } from "./report";
import { storeCalls } from "./store-calls";

const root = path.resolve(__dirname, "..");
const folder = path.join(root, ".cache", "bench");
const seconds = Number(process.env["BENCH_SECONDS"] ?? 6);
/** Those to measure, separated by commas; all without it. */
const operations = process.env["BENCH_OPERATIONS"]?.split(",");

type ServerName =
  | "Fulcrum, memory"
  | "Fulcrum, memory, afresh"
  | "Fulcrum, SQLite"
  | "Fulcrum, Neo4j"
  | "@neo4j/graphql"
  | "plain build"
  | "plain build, memory"
  | "raw bytes";
interface Running {
  readonly name: ServerName;
  readonly port: number;
  readonly child: ChildProcess;
  readonly database: number | null;
}

async function main(): Promise<void> {
  const sizes = process.argv.slice(2).map(Number);
  const rows: Row[] = [];
  for (const questions of sizes.length > 0 ? sizes : [300, 3_000, 30_000]) {
    rows.push(...(await benchSize(questions)));
    await write(rows, await storeCalls(path.join(folder, `${questions}.db`)));
  }
}

/** Writes what has been measured so far, so that a run that is broken off leaves it. */
async function write(rows: readonly Row[], calls: Awaited<ReturnType<typeof storeCalls>>): Promise<void> {
  const text = report(rows, calls, {
    processor: `${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
    seconds,
  });
  mkdirSync(path.join(__dirname, "results"), { recursive: true });
  writeFileSync(path.join(__dirname, "results", "serving.md"), text);
  process.stdout.write(text);
}

async function benchSize(questions: number): Promise<Row[]> {
  mkdirSync(folder, { recursive: true });
  process.stderr.write(`${questions} questions: loading\n`);
  const sqlite = `sqlite:${path.join(folder, `${questions}.db`)}`;
  const neo4j = await startMavenServer({ heap: "2g", pageCache: "512m" });
  const address = { user: "", password: "", database: "neo4j" };
  try {
    for (const url of [sqlite, neo4j.uri]) {
      const store = await openStore({ url, ...address });
      await load(store, questions);
      await store.close();
    }
    const memory = await fulcrum("Fulcrum, memory", "memory", sqlite, null);
    const servers = [
      memory,
      await fulcrum("Fulcrum, memory, afresh", "memory", sqlite, null, { FULCRUM_ANSWERS_MB: "0" }),
      await fulcrum("Fulcrum, SQLite", "store", sqlite, null),
      await fulcrum("Fulcrum, Neo4j", "store", neo4j.uri, neo4j.pid),
      await peer("@neo4j/graphql", "neo4j-graphql.ts", { BENCH_NEO4J: neo4j.uri }, neo4j.pid),
      await peer("plain build", "plain.ts", { BENCH_NEO4J: neo4j.uri }, neo4j.pid),
      await peer("plain build, memory", "plain.ts", { BENCH_SQLITE: sqlite }, null),
      await peer("raw bytes", "raw.ts", { BENCH_ORIGIN: String(memory.port) }, null),
    ];
    try {
      return await benchServers(servers, questions);
    } finally {
      for (const { child } of servers) child.kill("SIGKILL");
    }
  } finally {
    await neo4j.remove();
  }
}

/**
 * Each operation on one server after the other, so that what the machine does besides meets all of them. The first round
 * is not kept: Java and V8 compile what runs often, and whoever came first would pay for it.
 */
async function benchServers(servers: readonly Running[], questions: number): Promise<Row[]> {
  const rows: Row[] = [];
  const work = (await workOf(servers, questions)).filter(({ operation }) => operations?.includes(operation) ?? true);
  for (const isKept of [false, true]) {
    for (const { operation, server, documents } of work) {
      process.stderr.write(`  ${isKept ? "" : "warm-up, "}${operation}: ${server.name}\n`);
      const pids = { api: server.child.pid as number, database: server.database };
      const outcome = async (concurrency: number): Promise<Figures | string> =>
        measure(server.port, documents, pids, { concurrency, seconds: isKept ? seconds : seconds / 2 }).catch(
          (error: Error) => error.message.slice(0, 120),
        );
      const together = await outcome(32);
      if (isKept) rows.push({ questions, server: server.name, operation, alone: await outcome(1), together });
    }
  }
  return rows;
}

interface Work {
  readonly operation: string;
  readonly server: Running;
  readonly documents: readonly Operation[];
}

/** Everything to measure, operation by operation. */
async function workOf(servers: readonly Running[], questions: number): Promise<Work[]> {
  const work: Work[] = [];
  for (const { name, documents } of cases) {
    for (const server of servers) {
      const make = documents[keyOf(server)];
      if (make) work.push({ operation: name, server, documents: make(questions) });
    }
  }
  for (const number of [1, 40, 1_000].filter((each) => each * 20 <= questions)) {
    for (const server of servers) {
      const key = keyOf(server);
      const document = key === "fulcrum" ? page.fulcrum(await cursorBefore(server, number)) : page[key](number);
      work.push({ operation: `page ${number}`, server, documents: [document] });
    }
  }
  return work;
}

const keyOf = ({ name }: Running) =>
  name === "@neo4j/graphql" ? "neo4jGraphql" : name.startsWith("plain") ? "plain" : "fulcrum";

/** The cursor that leads to a page, by walking there as a client would. */
async function cursorBefore(server: Running, number: number): Promise<string | null> {
  let after: string | null = null;
  for (let at = 1; at < number; at++) {
    const text = await post(server.port, undefined, JSON.stringify(page.fulcrum(after)));
    after = (JSON.parse(text) as { data: { questions: { pageInfo: { endCursor: string } } } }).data.questions.pageInfo
      .endCursor;
  }
  return after;
}

let nextPort = 41_000;
/** Started as `npm start` does. */
const fulcrum = (
  name: ServerName,
  read: "memory" | "store",
  url: string,
  database: number | null,
  settings: Record<string, string> = {},
) =>
  launch(name, ["--min-semi-space-size=8", "--max-semi-space-size=64", path.join(root, "dist", "main.js")], database, {
    ...settings,
    FULCRUM_STORE: url,
    FULCRUM_READ: read,
    FULCRUM_SEED: "off",
    FULCRUM_LOG_LEVEL: "warn",
    FULCRUM_IDE: "off",
    HOST: "127.0.0.1",
  });
const peer = (name: ServerName, file: string, source: Record<string, string>, database: number | null) =>
  launch(name, ["--import", "tsx", path.join(__dirname, "servers", file)], database, {
    ...source,
    TSX_TSCONFIG_PATH: path.join(__dirname, "tsconfig.json"),
  });

/** What has to be there before a server does nothing besides answering: the graph in memory and its search index, where it has them. */
const isAtRest = async (name: ServerName, port: number): Promise<boolean> => {
  if (!name.startsWith("Fulcrum")) return true;
  if (!(await fetch(`http://127.0.0.1:${port}/readyz`)).ok) return false;
  if (!name.includes("memory")) return true;
  const search = JSON.stringify({ query: '{ search(text: "cache", first: 1) { totalCount } }' });
  return post(port, undefined, search).then(
    () => true,
    () => false,
  );
};

/** Starts a server and waits until it answers a query and does nothing else. */
async function launch(
  name: ServerName,
  command: readonly string[],
  database: number | null,
  env: Record<string, string>,
): Promise<Running> {
  const port = nextPort++;
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", PORT: String(port), ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.`);
    const up = await post(port, undefined, JSON.stringify({ query: "{ __typename }" })).catch(() => null);
    if (up && (await isAtRest(name, port))) return { name, port, child, database };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
