// A process of its own that asks as a reader and as a probe do, from an address of its own, until its input ends:
// `bystander.ts PORT FROM`. Tells in JSON how long its answers took.
import { Agent, request } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";

const [port, from] = process.argv.slice(2) as [string, string];
const walk = JSON.stringify({
  query: readFileSync(path.resolve(__dirname, "..", "..", "test", "operations", "mission-walk.graphql"), "utf8"),
});
const agent = new Agent({ keepAlive: true });
const statuses: Record<string, number> = {};

/** Milliseconds until the whole answer was there. */
const ask = (target: string, body?: string): Promise<number> =>
  new Promise((resolve) => {
    const started = performance.now();
    const ended = (status: string) => {
      statuses[`${target} ${status}`] = (statuses[`${target} ${status}`] ?? 0) + 1;
      resolve(performance.now() - started);
    };
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        path: target,
        method: body === undefined ? "GET" : "POST",
        agent,
        localAddress: from,
        headers: { "content-type": "application/json" },
      },
      (answer) => answer.resume().once("end", () => ended(String(answer.statusCode))),
    );
    sent.once("error", () => ended("broken"));
    sent.end(body);
  });

const times: Record<"probes" | "walks", Promise<number>[]> = { probes: [], walks: [] };
setInterval(() => times.probes.push(ask("/healthz")), 20);
setInterval(() => times.walks.push(ask("/graphql", walk)), 50);

const figures = async (pending: Promise<number>[]) => {
  const sorted = (await Promise.all(pending)).sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), longest: at(1) };
};

process.stdin.resume().once("end", () => {
  void Promise.all([figures([...times.probes]), figures([...times.walks])]).then(([probes, walks]) =>
    process.stdout.write(JSON.stringify({ probes, walks, statuses }), () => process.exit(0)),
  );
});
