// `npx tsx bench/attacks/run.ts [--server FOLDER] [--name PART] [--seconds N] [--same-address]`: makes each attack on one
// server with a heap of 256 MB, one after another, and tells what bystanders and probes noticed. On loopback alone. The
// server, the attacker and the bystander are processes of their own. `--server` names another checkout that is built.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { attacks } from "./attacks";

const root = path.resolve(__dirname, "..", "..");
const { values: options } = parseArgs({
  options: {
    server: { type: "string", default: root },
    name: { type: "string", default: "" },
    seconds: { type: "string", default: "10" },
    "same-address": { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});

interface Times {
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}
interface Noticed {
  readonly probes: Times;
  readonly walks: Times;
  readonly statuses: Readonly<Record<string, number>>;
}
interface Came {
  readonly counts: Readonly<Record<string, number>>;
  readonly refusalP99: number | null;
}

const script = (name: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ["--import", "tsx", path.join(__dirname, name), ...args], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });

async function output(child: ChildProcess): Promise<string> {
  let text = "";
  child.stdout?.on("data", (part: Buffer) => (text += part.toString()));
  await once(child, "close");
  return text;
}

const residentMegabytes = (child: ChildProcess): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1_024);

/** What a bystander notices while the work goes on. */
async function noticed(port: string, work: () => Promise<void>): Promise<Noticed> {
  const bystander = script("bystander.ts", port, "127.0.0.1");
  const told = output(bystander);
  await work();
  bystander.stdin?.end();
  return JSON.parse(await told) as Noticed;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "fulcrum-attacks-"));
  const server = spawn(
    process.execPath,
    ["--max-old-space-size=256", "--max-semi-space-size=8", path.join(options.server, "dist", "main.js")],
    {
      cwd: options.server,
      env: { PATH: process.env["PATH"], PORT: "0", HOST: "127.0.0.1", FULCRUM_STORE: `sqlite:${folder}/attacked.db` },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const port = await new Promise<string>((resolve) => {
    readline.createInterface({ input: server.stdout }).on("line", (line) => {
      const entry = JSON.parse(line) as { msg: string; url?: string };
      if (entry.msg === "ready") resolve(new URL(entry.url as string).port);
    });
  });
  const warm = () => wait(5_000);
  await noticed(port, warm);
  const quiet = await noticed(port, () => wait(10_000));
  const rows = [
    ["attack", "probes p99", "longest", "walks p99", "memory before", "highest", "refusals p99", "what came back"],
    ["---", "---:", "---:", "---:", "---:", "---:", "---:", "---"],
    ["none", quiet.probes.p99, quiet.probes.longest, quiet.walks.p99, residentMegabytes(server), "", "", ""],
  ];
  const table = (): string => rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
  for (const { name } of attacks.filter((each) => each.name.includes(options.name))) {
    if (server.exitCode !== null || server.signalCode !== null) {
      rows.push([name, "the server had ended", "", "", "", "", "", ""]);
      continue;
    }
    const before = residentMegabytes(server);
    let highest = before;
    const looking = setInterval(() => {
      if (server.exitCode === null && server.signalCode === null)
        highest = Math.max(highest, residentMegabytes(server));
    }, 200);
    let came: Came = { counts: {}, refusalP99: null };
    const limit = AbortSignal.timeout(120_000);
    const { probes, walks, statuses } = await noticed(port, async () => {
      const from = options["same-address"] ? "127.0.0.1" : "127.0.0.2";
      const attacker = script("attacker.ts", name, port, from, options.seconds, "1");
      limit.addEventListener("abort", () => void attacker.kill("SIGKILL"));
      const text = await output(attacker);
      if (text) came = JSON.parse(text) as Came;
      await wait(1_000);
    });
    clearInterval(looking);
    const all = {
      ...came.counts,
      ...Object.fromEntries(Object.entries(statuses).filter(([key]) => !key.endsWith(" 200"))),
    };
    const told = Object.entries(all).map(([key, count]) => `${key}: ${count.toLocaleString("en")}`);
    rows.push([name, probes.p99, probes.longest, walks.p99, before, highest, came.refusalP99 ?? "", told.join(", ")]);
    process.stdout.write(`${table().split("\n").at(-1)}\n`);
    await wait(2_000);
  }
  const isAlive = server.exitCode === null && server.signalCode === null;
  const on = `${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} at the end, Node.js ${process.version}.`;
  const text = `# Attacks

Made by \`npm run attacks -- --write\`: one server with a heap of 256 MB meets each attack for ${options.seconds} s, one after another, while a bystander at another
loopback address asks for the mission walk twenty times a second and probes \`/healthz\` fifty times a second. Milliseconds and megabytes. What came back
counts statuses, codes and ends of sockets, the attacker's first.

${table()}

The server ${isAlive ? "went on serving" : `ended with ${server.exitCode ?? server.signalCode}`}. ${on}
`;
  if (options.write) writeFileSync(path.join(root, "docs", "attacks.md"), text);
  process.stdout.write(text);
  server.kill("SIGTERM");
  const gone = setTimeout(() => server.kill("SIGKILL"), 15_000);
  if (isAlive) await once(server, "exit");
  clearTimeout(gone);
  rmSync(folder, { recursive: true, force: true });
}

void main();
