// How long recommendations take over the made-up bank, in one process. It has to be compiled: what runs TypeScript as it is
// names each function when it is made, which takes longer than what is measured.
//   npx esbuild bench/recommend.ts --bundle --platform=node --packages=external --outfile=.cache/recommend.js
//   node .cache/recommend.js [questions]
import { cpus } from "node:os";
import { atOnce } from "../test/builders/at-once";
import { bank, slugs } from "./bank";
import { seeded } from "./random";
import type { EdgeState, NodeState } from "../src/domain/changes/change-set";
import { kindOf, type NodeId, nodeId } from "../src/domain/ids";
import { edgeKinds } from "../src/domain/ontology/edge-kinds";
import { nodeKinds } from "../src/domain/ontology/node-kinds";
import type { EdgeKindSpec } from "../src/domain/ontology/edge-kind";
import type { Fields } from "../src/domain/ontology/field";
import { recommend, similar, whyNot } from "../src/domain/recommendation/recommend";
import type { RecommendationContext } from "../src/domain/recommendation/recommendation";
import { WordIndex } from "../src/domain/recommendation/word-index";
import { ModelBuilder } from "../src/store/memory/model-builder";

/** Milliseconds of processor time of all threads, so that what else the machine does is not counted. */
function processorTime(from: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}

const questions = Number(process.argv[2] ?? 30_000);
/** Of the words' arrays, which lie outside the heap. */
const memory = (): number => process.memoryUsage().arrayBuffers;

/** The bank as the states that a store would give, without storing it. */
function load() {
  const builder = new ModelBuilder();
  const words = new WordIndex();
  const states: NodeState[] = [];
  for (const group of bank(questions))
    for (const change of group) {
      if (change.op === "putNode") {
        const kind = kindOf(change.id);
        const isLong = (name: string) => (nodeKinds[kind].fields as Fields)[name]?.long;
        const entries = Object.entries(change.fields);
        const state: NodeState = {
          id: change.id,
          kind,
          slug: change.id.slice(kind.length + 1),
          formerSlugs: [],
          fields: Object.fromEntries(entries.filter(([name]) => !isLong(name))),
          texts: Object.fromEntries(entries.filter(([name]) => isLong(name))) as Record<string, string>,
        };
        builder.node({ ...state, texts: {} }, 1);
        if (kind === "Question" || kind === "ModelAnswer") states.push(state);
      } else if (change.op === "putEdge") {
        const { undirected }: EdgeKindSpec = edgeKinds[change.edge];
        const [from, to] = undirected && change.to < change.from ? [change.to, change.from] : [change.from, change.to];
        const { edge, order, properties } = change;
        builder.edge({ edge, from, to, properties, ...(order === undefined ? {} : { order }) } satisfies EdgeState, 1);
      }
    }
  const view = builder.build({ revision: 1, hash: "" });
  // Made-up texts are joined when first read; that is not to be measured.
  for (const { fields, texts } of states)
    for (const text of Object.values({ ...fields, ...texts })) String(text).indexOf("\n");
  const before = memory();
  const started = process.cpuUsage();
  for (const state of states) words.put(state);
  const indexing = processorTime(started);
  return { view, words, indexing, bytes: memory() - before };
}

const { view, words, indexing, bytes } = load();
const random = seeded(9);
const int = (limit: number) => Math.floor(random() * limit);
const questionAt = (index: number): NodeId => nodeId("Question", slugs.question(index));
const some = (count: number, draw: () => NodeId) => new Set(Array.from({ length: count }, draw));
const aQuestion = () => questionAt(int(questions));
const aConcept = () => nodeId("Concept", slugs.concept(Math.floor(random() ** 3 * questions * 0.7)));

const contexts: Readonly<Record<string, () => RecommendationContext>> = {
  "after a question": () => ({ after: aQuestion(), seen: new Set() }),
  "with 5,000 seen, 200 known": () => ({
    after: aQuestion(),
    seen: some(5_000, aQuestion),
    known: some(200, aConcept),
  }),
  "with a goal": () => ({ after: aQuestion(), seen: new Set(), goal: aConcept() }),
  "within a topic and role": () => ({
    seen: new Set(),
    topic: nodeId("Topic", `topic-00000${int(10)}`),
    role: nodeId("Role", `role-00000${int(8)}`),
    formats: ["CODING"],
  }),
  "knowing nothing": () => ({ seen: new Set() }),
};
const runs: Readonly<Record<string, () => unknown>> = {
  ...Object.fromEntries(
    Object.entries(contexts).map(([name, make]) => {
      const prepared = Array.from({ length: 500 }, make);
      return [`nextQuestions ${name}`, () => atOnce(recommend(view, words, prepared[int(500)]!, 10))];
    }),
  ),
  similar: () => atOnce(similar(view, words, aQuestion(), 10)),
  whyNot: () => atOnce(whyNot(view, words, aQuestion(), { after: aQuestion(), seen: new Set() }, 10)),
};

const started = process.cpuUsage();
atOnce(recommend(view, words, { seen: new Set() }, 10));
process.stdout.write(
  `${questions} questions, ${cpus()[0]?.model ?? "unknown"}, Node.js ${process.version}. Words: ${(bytes / 1e6).toFixed(1)} MB, ` +
    `${indexing.toFixed(0)} ms to index. The first ranking without a question before it in a revision: ${processorTime(started).toFixed(0)} ms.\n\n` +
    "| of 10, ms of processor time | p50 | p99 |\n|---|---|---|\n",
);
for (const [name, run] of Object.entries(runs)) {
  for (let i = 0; i < 50; i++) run();
  const times = Array.from({ length: 400 }, () => {
    const from = process.cpuUsage();
    run();
    return processorTime(from);
  }).sort((a, b) => a - b);
  process.stdout.write(`| ${name} | ${times[200]!.toFixed(2)} | ${times[395]!.toFixed(2)} |\n`);
}
