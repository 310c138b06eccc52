import { Agent } from "node:http";
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { graphql, send } from "./send";

/** Latencies in milliseconds, sorted. */
export interface Latencies {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
}

export interface Observed {
  /** Of GET /healthz, sent every 20 ms whether or not the one before has been answered. */
  readonly probes: Latencies;
  /** Of the readers beside the attack that were answered 200. */
  readonly bystanders: Latencies;
  /** Their other outcomes, counted. */
  readonly refused: Readonly<Record<string, number>>;
}

const probeMilliseconds = 20;
const bystanders = 4;
const thinkMilliseconds = 100;
const walk = readFileSync(path.resolve(__dirname, "..", "..", "test", "operations", "mission-walk.graphql"), "utf8");
const page = "{ questions(first: 20) { nodes { title difficulty } pageInfo { endCursor } } }";

/** Probes health, and reads as four people do who look at a page about ten times a second, until the signal fires. */
export async function observe(port: number, from: string, signal: AbortSignal): Promise<Observed> {
  const probes: number[] = [];
  const answered: number[] = [];
  const refused: Record<string, number> = {};
  const pending = new Set<Promise<void>>();
  const probe = async () => {
    const { milliseconds } = await send(port, from, { path: "/healthz" });
    probes.push(milliseconds);
  };
  const probing = (async () => {
    while (!signal.aborted) {
      const sent: Promise<void> = probe().finally(() => pending.delete(sent));
      pending.add(sent);
      await wait(probeMilliseconds);
    }
    await Promise.all(pending);
  })();
  const reader = async (number: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = number; !signal.aborted; i++) {
      const body = i % 2 === 0 ? graphql(page) : walkBody(i);
      const { outcome, milliseconds } = await send(port, from, { agent, body });
      if (outcome === "200") answered.push(milliseconds);
      else refused[outcome] = (refused[outcome] ?? 0) + 1;
      await wait(thinkMilliseconds);
    }
    agent.destroy();
  };
  await Promise.all([probing, ...Array.from({ length: bystanders }, (_, i) => reader(i))]);
  return { probes: latenciesOf(probes), bystanders: latenciesOf(answered), refused };
}

const walkBody = (i: number): string => graphql(walk, { slug: slugs[i % slugs.length] as string });
const slugs = ["exact-vs-approximate-search", "b-tree-or-lsm-store", "batch-small-batches-or-stream"];

export function latenciesOf(values: number[]): Latencies {
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
  return { count: values.length, p50: at(0.5), p99: at(0.99), longest: values.at(-1) ?? 0 };
}
