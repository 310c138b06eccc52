import { spawnSync } from "node:child_process";
import path from "node:path";
import type { NodeState } from "../src/domain/changes/change-set";
import { type GraphView } from "../src/domain/graph/graph-view";
import { kindOf, firstSlugOf } from "../src/domain/ids";
import { type NodeKind, nodeKinds } from "../src/domain/ontology/node-kinds";
import type { Fields } from "../src/domain/ontology/field";
import { SearchIndex } from "../src/search/search-index";
import { atOnce } from "../test/builders/at-once";
import { bank } from "./bank";
import { seeded, words } from "./random";

const sizes = [300, 3_000, 30_000];
const rounds = 400;

/** `node --import tsx bench/search.ts`: what the search index takes for the generated banks, each in a process of its own. */
function main(): void {
  const [size] = process.argv.slice(2);
  if (size) return measure(Number(size));
  console.log(
    "| questions | nodes | index s | index MB | search p50 / p99 ms | one word | suggest p50 / p99 ms | put ms |",
  );
  console.log("|---|---|---|---|---|---|---|---|");
  for (const each of sizes)
    spawnSync(
      process.execPath,
      ["--expose-gc", "--max-old-space-size=8000", "--import", "tsx", __filename, String(each)],
      {
        stdio: "inherit",
        cwd: path.resolve(__dirname, ".."),
      },
    );
}

function measure(questions: number): void {
  const nodes = [...statesOf(questions)];
  const before = memory();
  const index = new SearchIndex();
  const started = process.cpuUsage();
  for (const node of nodes) index.put(node);
  const seconds = (process.cpuUsage(started).user + process.cpuUsage(started).system) / 1e6;
  const megabytes = memory() - before;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const view = {
    node: (id: string) => {
      const node = byId.get(id as NodeState["id"]);
      return node && { ...node.fields, id: node.id, kind: node.kind, slug: node.slug };
    },
    links: () => [],
  } as unknown as GraphView;
  const random = seeded(7);
  const several = times(
    () => void atOnce(index.search({ text: words(1 + Math.floor(random() * 4), random), max: 21 }, view)),
  );
  const one = times(() => void atOnce(index.search({ text: words(1, random).slice(0, 4), max: 21 }, view)));
  const typed = times(() => {
    const text = words(1 + Math.floor(random() * 2), random);
    atOnce(index.suggest({ text: text.slice(0, 1 + Math.floor(random() * text.length)), max: 10 }, view));
  });
  const put = times(() => index.put(nodes[Math.floor(random() * nodes.length)] as NodeState));
  console.log(
    `| ${questions} | ${nodes.length} | ${seconds.toFixed(1)} | ${megabytes} | ${several} | ${one} | ${typed} | ${put} |`,
  );
}

/** The nodes of the generated bank in full. */
function* statesOf(questions: number): Generator<NodeState> {
  for (const group of bank(questions))
    for (const change of group) {
      if (change.op !== "putNode") continue;
      const kind: NodeKind = kindOf(change.id);
      const specs: Fields = nodeKinds[kind].fields;
      const all = Object.entries(change.fields);
      yield {
        id: change.id,
        kind,
        slug: firstSlugOf(change.id),
        formerSlugs: [],
        fields: Object.fromEntries(all.filter(([name]) => !specs[name]?.long)),
        texts: Object.fromEntries(all.filter(([name]) => specs[name]?.long)) as Record<string, string>,
      };
    }
}

function times(run: () => void): string {
  const all: number[] = [];
  for (let round = -rounds; round < rounds; round++) {
    const started = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(started);
    if (round >= 0) all.push((user + system) / 1_000);
  }
  all.sort((a, b) => a - b);
  const at = (share: number) => (all[Math.min(rounds - 1, Math.floor(rounds * share))] as number).toFixed(2);
  return `${at(0.5)} / ${at(0.99)}`;
}

function memory(): number {
  (globalThis as unknown as { gc(): void }).gc();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return Math.round((heapUsed + external + arrayBuffers) / 1e6);
}

main();
