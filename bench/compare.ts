// `npm run bench -- compare CHECKOUT`: processor time of a request, here and in another built checkout, such as the edition before.
// Three servers over the seed take turns, so that what the machine does besides meets all of them: the other one, this one with
// limits and metrics on, and this one with both off. The median of BENCH_ROUNDS turns counts.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { cpus, tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(__dirname, "..");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const clients = 8;

interface Asked {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}
interface Case {
  readonly name: string;
  /** How many requests a turn has, about a quarter of a second. */
  readonly requests: number;
  /** Whether answers are kept by the servers that are asked. */
  readonly keepsAnswers: boolean;
  ask(port: number): Promise<Asked>;
}

const operation = (name: string) =>
  readFileSync(path.join(root, "test", "operations", `${name}.graphql`), "utf8").replace(/^#.*\n/gm, "");
const list = `query List { questions(first: 50, orderBy: {field: TITLE, direction: ASC}) { nodes { slug title format difficulty estimatedMinutes
  concepts { reason emphasis node { title } } tools { reason node { title } } tradeOffs { reason node { title } } roles { title } } } }`;
const one = '{ question(slug: "ab-a-model-swap") { slug title format difficulty } }';

const post = (query: string) => async (): Promise<Asked> => ({
  method: "POST",
  path: "/graphql",
  body: JSON.stringify({ query }),
  headers: { "content-type": "application/json" },
});
const get = (query: string): Asked => ({
  method: "GET",
  path: `/graphql?query=${encodeURIComponent(query.replace(/\s+/g, " "))}`,
  headers: { "apollo-require-preflight": "1" },
});

const cases: readonly Case[] = [
  { name: "walk", requests: 300, keepsAnswers: false, ask: post(operation("mission-walk")) },
  { name: "list of 50", requests: 250, keepsAnswers: false, ask: post(list) },
  { name: "search", requests: 200, keepsAnswers: false, ask: post(operation("search")) },
  { name: "one node", requests: 1_200, keepsAnswers: false, ask: post(one) },
  { name: "walk, kept", requests: 1_200, keepsAnswers: true, ask: post(operation("mission-walk")) },
  {
    name: "walk, 304",
    requests: 2_000,
    keepsAnswers: true,
    ask: async (port) => {
      const asked = get(operation("mission-walk"));
      const { tag } = await send(port, undefined, asked);
      return { ...asked, headers: { ...asked.headers, "if-none-match": tag } };
    },
  },
];

interface Running {
  readonly name: string;
  readonly port: number;
  readonly child: ChildProcess;
}

async function main(): Promise<void> {
  const [other] = process.argv.slice(2);
  if (other === undefined)
    throw new Error("Name the other checkout, which must be built: npm run bench -- compare DIR.");
  const folder = mkdtempSync(path.join(tmpdir(), "fulcrum-compare-"));
  const servers: Running[] = [];
  try {
    const rows: string[] = [];
    for (const keepsAnswers of [false, true]) {
      servers.push(
        await launch("before", path.resolve(other), path.join(folder, `before-${keepsAnswers}.db`), keepsAnswers, {}),
        await launch("on", root, path.join(folder, `on-${keepsAnswers}.db`), keepsAnswers, {
          FULCRUM_RATE_LIMIT: "100000000",
          FULCRUM_MAX_DELAY_MS: "10000",
          FULCRUM_METRICS_PORT: "0",
        }),
        await launch("off", root, path.join(folder, `off-${keepsAnswers}.db`), keepsAnswers, {
          FULCRUM_RATE_LIMIT: "0",
          FULCRUM_MAX_DELAY_MS: "0",
        }),
      );
      for (const each of cases.filter((one) => one.keepsAnswers === keepsAnswers)) rows.push(await row(each, servers));
      for (const { child } of servers.splice(0)) child.kill("SIGKILL");
    }
    process.stdout
      .write(`Microseconds of processor time a request, garbage collection and other threads included: the median of ${rounds} turns,
and the least. Node ${process.version}, ${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores.

| operation | before | limits and metrics off | on | on / before | on / off |
|---|---|---|---|---|---|
${rows.join("\n")}
`);
  } finally {
    for (const { child } of servers) child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
  }
}

async function row({ name, requests, ask }: Case, servers: readonly Running[]): Promise<string> {
  const taken: Record<string, number[]> = {};
  const asked = new Map<Running, Asked>();
  for (const server of servers) asked.set(server, await ask(server.port));
  for (const server of servers) await turn(server, asked.get(server) as Asked, Math.max(1_500, requests * 2));
  for (let round = 0; round < rounds; round++) {
    // Each begins a round in turn.
    for (let i = 0; i < servers.length; i++) {
      const server = servers[(i + round) % servers.length] as Running;
      const before = cpuMicroseconds(server.child.pid as number);
      await turn(server, asked.get(server) as Asked, requests);
      (taken[server.name] ??= []).push((cpuMicroseconds(server.child.pid as number) - before) / requests);
    }
  }
  const sorted = (server: string) => (taken[server] as number[]).sort((a, b) => a - b);
  const median = (server: string) => sorted(server)[rounds >> 1] as number;
  const cell = (server: string) => `${median(server).toFixed(0)} (${(sorted(server)[0] as number).toFixed(0)})`;
  const ratio = (a: string, b: string) =>
    `${(median(a) / median(b)).toFixed(2)} (${((sorted(a)[0] as number) / (sorted(b)[0] as number)).toFixed(2)})`;
  const line = `| ${name} | ${cell("before")} | ${cell("off")} | ${cell("on")} | ${ratio("on", "before")} | ${ratio("on", "off")} |`;
  process.stderr.write(`${line}\n`);
  return line;
}

async function turn({ port }: Running, asked: Asked, requests: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let left = requests;
  const client = async () => {
    while (left-- > 0) await send(port, agent, asked);
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
}

/** Throws for an answer with errors, so that no failure is ever counted as fast. */
function send(
  port: number,
  agent: Agent | undefined,
  { method, path, body, headers }: Asked,
): Promise<{ tag: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method,
        ...(agent && { agent }),
        headers: { ...headers, ...(body !== undefined && { "content-length": Buffer.byteLength(body) }) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const expected = headers["if-none-match"] === undefined ? 200 : 304;
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode !== expected || text.includes('"errors"'))
            reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
          else resolve({ tag: response.headers.etag ?? "" });
        });
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

/** What the process has used of the processor, all its threads together, from the scheduler (proc(5), `schedstat`). */
function cpuMicroseconds(pid: number): number {
  return readdirSync(`/proc/${pid}/task`).reduce(
    (sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1_000,
    0,
  );
}

// Below those that the system gives to whoever asks for any.
let nextPort = 28_100;

async function launch(
  name: string,
  checkout: string,
  file: string,
  keepsAnswers: boolean,
  settings: Readonly<Record<string, string>>,
): Promise<Running> {
  const port = nextPort++;
  const child = spawn(process.execPath, ["--max-semi-space-size=8", path.join(checkout, "dist", "main.js")], {
    cwd: checkout,
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      FULCRUM_STORE: `sqlite:${file}`,
      ...(!keepsAnswers && { FULCRUM_ANSWERS_MB: "0" }),
      ...settings,
    },
    // The log is written, as everywhere.
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}.`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (ready?.ok) return { name, port, child };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
