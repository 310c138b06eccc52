// `npx tsx bench/paths.ts [questions]`: how long a search for paths takes over a generated bank, hubs included.
import type { GraphView } from "../src/domain/graph/graph-view";
import { byId } from "../src/domain/graph/order";
import { findPaths } from "../src/domain/graph/paths/find-paths";
import type { PathQuery } from "../src/domain/graph/paths/path";
import { kindOf, type NodeId } from "../src/domain/ids";
import type { Field } from "../src/domain/ontology/field";
import { type NodeKind, nodeKinds } from "../src/domain/ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../src/domain/ontology/relations";
import { ModelBuilder } from "../src/store/memory/model-builder";
import { bank } from "./bank";
import { seeded } from "./random";

/** The bank as a model, without a store in between: the generator's changes are puts alone. */
function modelOf(questions: number): GraphView {
  const builder = new ModelBuilder();
  for (const change of [...bank(questions)].flat()) {
    if (change.op === "putNode") {
      const { id } = change;
      const kind = kindOf(id);
      const declared: Readonly<Record<string, Field>> = nodeKinds[kind].fields;
      const fields = Object.fromEntries(Object.entries(change.fields).filter(([name]) => !declared[name]?.long));
      builder.node({ id, kind, slug: id.slice(id.indexOf(":") + 1), formerSlugs: [], fields, texts: {} }, 1);
    } else if (change.op === "putEdge") {
      const { edge, from, to, properties, order } = change;
      builder.edge({ edge, from, to, properties, ...(order !== undefined && { order }) }, 1);
    }
  }
  return builder.build({ revision: 1, hash: "" });
}

const degree = (view: GraphView, id: NodeId): number =>
  relationsOf(kindOf(id)).reduce((sum, each) => sum + (isEdgeRelation(each) ? view.links(id, each.name).length : 0), 0);

function idsOf(view: GraphView, kind: NodeKind): NodeId[] {
  const nodes = view.nodesInOrder(kind, byId);
  return Array.from({ length: nodes.length }, (_, i) => nodes.at(i).id);
}

function quantile(times: number[], share: number): string {
  times.sort((a, b) => a - b);
  return (times[Math.min(times.length - 1, Math.floor(times.length * share))] as number).toFixed(2);
}

interface Sample {
  readonly name: string;
  readonly ends: () => readonly [NodeId, NodeId];
  readonly rest?: Partial<PathQuery>;
}

function main(): void {
  const questions = Number(process.argv[2] ?? 30_000);
  const view = modelOf(questions);
  const random = seeded(7);
  const drawn = (ids: readonly NodeId[]) => ids[Math.floor(random() * ids.length)] as NodeId;
  const all = (["Question", "Concept", "Tool", "TradeOff", "Benchmark"] as const).map((kind) => idsOf(view, kind));
  const [asked, concepts, tools, tradeOffs] = all as [NodeId[], NodeId[], NodeId[], NodeId[]];
  const everything = all.flat();
  const hubs = concepts
    .map((id) => ({ id, links: degree(view, id) }))
    .sort((a, b) => b.links - a.links)
    .slice(0, 20);
  process.stdout.write(`${questions} questions; hubs of ${hubs[0]?.links} to ${hubs.at(-1)?.links} links\n`);
  const hub = () => drawn(hubs.map(({ id }) => id));
  const samples: readonly Sample[] = [
    { name: "question to question", ends: () => [drawn(asked), drawn(asked)] },
    { name: "tool to trade-off", ends: () => [drawn(tools), drawn(tradeOffs)] },
    { name: "any to any", ends: () => [drawn(everything), drawn(everything)] },
    { name: "hub to question", ends: () => [hub(), drawn(asked)] },
    { name: "hub to hub", ends: () => [hub(), hub()] },
    {
      name: "question to question by concepts",
      ends: () => [drawn(asked), drawn(asked)],
      rest: { via: ["ABOUT", "PREREQUISITE_OF", "RELATED_TO"] },
    },
    {
      name: "question to question by roles and topics",
      ends: () => [drawn(asked), drawn(asked)],
      rest: { via: ["ASKED_OF", "COVERS", "ABOUT"] },
    },
    {
      name: "follow-ups, eight hops",
      ends: () => [drawn(asked), drawn(asked)],
      rest: { via: ["FOLLOWED_BY"], direction: "OUT", maxHops: 8 },
    },
    {
      name: "prerequisites, eight hops",
      ends: () => [drawn(concepts), drawn(concepts)],
      rest: { via: ["PREREQUISITE_OF"], direction: "OUT", maxHops: 8 },
    },
    {
      name: "any to any, ten paths of eight hops",
      ends: () => [drawn(everything), drawn(everything)],
      rest: { maxHops: 8, first: 10 },
    },
  ];
  const everyTime: number[] = [];
  process.stdout.write("| search | p50 ms | p99 ms | worst ms | complete | found |\n|---|---|---|---|---|---|\n");
  for (const { name, ends, rest } of samples) {
    const times: number[] = [];
    let [complete, found] = [0, 0];
    const rounds = 600;
    for (let i = -100; i < rounds; i++) {
      const [from, to] = ends();
      const before = process.cpuUsage();
      const result = findPaths(view, { from, to, direction: "BOTH", maxHops: 6, first: 3, reveal: false, ...rest });
      const { user, system } = process.cpuUsage(before);
      if (i < 0) continue;
      times.push((user + system) / 1_000);
      if (result.complete) complete++;
      if (result.paths.length > 0) found++;
    }
    everyTime.push(...times);
    const at = (share: number) => quantile(times, share);
    const share = (count: number) => `${Math.round((count / rounds) * 100)} %`;
    process.stdout.write(`| ${name} | ${at(0.5)} | ${at(0.99)} | ${at(1)} | ${share(complete)} | ${share(found)} |\n`);
  }
  const at = (share: number) => quantile(everyTime, share);
  process.stdout.write(`| all of these | ${at(0.5)} | ${at(0.99)} | ${at(1)} | | |\n`);
}

main();
