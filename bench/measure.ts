import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface Figures {
  /** CPU milliseconds a request, user and system, of the API's process and of the database's. */
  readonly apiCpu: number;
  readonly databaseCpu: number;
  /** Latency in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly bytes: number;
  readonly requests: number;
}

const ticksPerSecond = 100;

/** CPU milliseconds that a process has used, its threads included, from the operating system's counters (proc(5)). */
function cpuOf(pid: number | null): number {
  if (pid === null) return 0;
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
}

/** Sends the operations in turn, `concurrency` at a time, for about `seconds`, after a warm-up; fails on any GraphQL error. */
export async function measure(
  port: number,
  operations: readonly Operation[],
  pids: { readonly api: number; readonly database: number | null },
  { concurrency, seconds }: { readonly concurrency: number; readonly seconds: number },
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const bodies = operations.map((operation) => JSON.stringify(operation));
  await rounds(port, agent, bodies, concurrency, seconds / 2);
  const before = { api: cpuOf(pids.api), database: cpuOf(pids.database) };
  const { latencies, bytes } = await rounds(port, agent, bodies, concurrency, seconds);
  const spent = { api: cpuOf(pids.api) - before.api, database: cpuOf(pids.database) - before.database };
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const count = latencies.length;
  const at = (share: number) => latencies[Math.min(count - 1, Math.floor(count * share))] as number;
  return {
    apiCpu: spent.api / count,
    databaseCpu: spent.database / count,
    p50: at(0.5),
    p99: at(0.99),
    longest: at(1),
    bytes: bytes / count,
    requests: count,
  };
}

async function rounds(port: number, agent: Agent, bodies: readonly string[], concurrency: number, seconds: number) {
  const latencies: number[] = [];
  let bytes = 0;
  let next = 0;
  const end = performance.now() + seconds * 1_000;
  const worker = async () => {
    while (performance.now() < end) {
      const started = performance.now();
      const text = await post(port, agent, bodies[next++ % bodies.length] as string);
      latencies.push(performance.now() - started);
      bytes += text.length;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { latencies, bytes };
}

/** The answer's text. Throws unless it is 200 without errors, so that no failure is ever counted as fast. */
export function post(port: number, agent: Agent | undefined, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request(
      { port, host: "127.0.0.1", path: "/graphql", method: "POST", headers, ...(agent ? { agent } : {}) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          if (response.statusCode !== 200 || text.includes('"errors"'))
            reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`));
          else resolve(text);
        });
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
