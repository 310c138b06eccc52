// `npm run bench:quality -- recommend`: links between questions that authors made are held out and have to be found again.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { seedIfEmpty } from "../../src/content/seed-if-empty";
import type { EdgeState, NodeState } from "../../src/domain/changes/change-set";
import type { NodeId } from "../../src/domain/ids";
import { similar } from "../../src/domain/recommendation/recommend";
import { WordIndex } from "../../src/domain/recommendation/word-index";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { ModelBuilder } from "../../src/store/memory/model-builder";
import * as baselines from "./ranking/baselines";
import type { Scorer, Trial } from "./ranking/baselines";
import { type Estimate, estimates, figureNames, type Figures, figuresOf } from "./ranking/figures";
import { heldOut, linksQuestions, pairOf, pools, taskOf } from "./ranking/held-out";
import { scannedItems } from "../../src/domain/graph/port";
import { atOnce } from "../../test/builders/at-once";

/** Ranks the other questions; may leave some out at the end. */
type Ranker = (of: NodeId) => readonly NodeId[];
interface Bank {
  readonly nodes: readonly NodeState[];
  readonly edges: readonly EdgeState[];
}

const root = path.resolve(__dirname, "..", "..");
const seeds = [1, 2, 3, 4, 5];

async function seedBank(): Promise<Bank> {
  const store = createMemoryStore();
  await store.migrate();
  await seedIfEmpty(store, path.join(root, "seed"));
  const nodes: NodeState[] = [];
  const edges: EdgeState[] = [];
  for await (const item of scannedItems(store.reader().scan())) {
    if ("node" in item) nodes.push(item.node);
    else edges.push(item.edge);
  }
  return { nodes, edges };
}

/** What is left of a bank that holds titles, formats, difficulties, topics and links between questions alone. */
function coldBank({ nodes, edges }: Bank): Bank {
  const kinds = new Set(["Question", "Topic"]);
  return {
    nodes: nodes.filter(({ kind }) => kinds.has(kind)).map((node) => ({ ...node, texts: {} })),
    edges: edges.filter((edge) => edge.edge === "COVERS" || edge.edge === "PART_OF" || linksQuestions(edge)),
  };
}

function trialOf({ nodes, edges }: Bank, held: ReadonlySet<string>, seed: number): Trial {
  const left = edges.filter((edge) => !linksQuestions(edge) || !held.has(pairOf(edge)));
  const builder = new ModelBuilder();
  const words = new WordIndex();
  const openWords = new WordIndex();
  for (const node of nodes) {
    builder.node(node, 1);
    words.put(node);
    if (node.kind === "Question") openWords.put(node);
  }
  for (const edge of left) builder.edge(edge, 1);
  const questions = nodes.filter(({ kind }) => kind === "Question").map(({ id }) => id);
  return { view: builder.build({ revision: 1, hash: "" }), edges: left, questions, words, openWords, seed };
}

const ranking =
  (scorer: Scorer, { questions }: Trial): Ranker =>
  (of) => {
    const score = scorer(of);
    const scores = new Map(questions.map((id) => [id, score(id)]));
    return questions.filter((id) => id !== of).sort((a, b) => scores.get(b)! - scores.get(a)! || (a < b ? -1 : 1));
  };

const fulcrum = ({ view, words, questions }: Trial): Ranker => {
  return (of) => atOnce(similar(view, words, of, questions.length)).map(({ node }) => node.id);
};

/** Reciprocal rank fusion with the usual constant of 60 (Cormack, Clarke and Büttcher, SIGIR 2009). */
const fused =
  (rankers: readonly Ranker[], { questions }: Trial): Ranker =>
  (of) => {
    const sums = new Map<NodeId, number>();
    for (const rank of rankers)
      rank(of).forEach((id, place) => sums.set(id, (sums.get(id) ?? 0) + 1 / (60 + place + 1)));
    return questions.filter((id) => id !== of).sort((a, b) => sums.get(b)! - sums.get(a)! || (a < b ? -1 : 1));
  };

const byScore = (make: (trial: Trial) => Scorer) => (trial: Trial) => ranking(make(trial), trial);
const rankers: Readonly<Record<string, (trial: Trial) => Ranker>> = {
  random: byScore(baselines.random),
  popularity: byScore(baselines.popularity),
  "same sub-topic": byScore(baselines.sameTopic),
  "tag overlap": byScore(baselines.tagOverlap),
  "text: title and prompt": byScore(baselines.openTextOnly),
  "text: with model answers": byScore(baselines.textOnly),
  "PageRank alone": byScore(baselines.pageRank),
  "rank fusion of tags, text and PageRank": (trial) =>
    fused(
      [baselines.tagOverlap, baselines.textOnly, baselines.pageRank].map((make) => ranking(make(trial), trial)),
      trial,
    ),
  Fulcrum: fulcrum,
};

/** By ranker: the figures of each query, over the seeds. */
function run(bank: Bank, pool: readonly string[], pairs: number, which: readonly string[]) {
  const rows = new Map(which.map((name) => [name, new Map<string, Figures[]>()]));
  for (const seed of seeds) {
    const held = heldOut(pool, pairs, seed);
    const trial = trialOf(bank, held, seed);
    const { relevant, known } = taskOf(bank.edges, held);
    for (const name of which) {
      const rank = rankers[name]!(trial);
      const ofName = rows.get(name)!;
      for (const [query, wanted] of relevant) {
        const others = known.get(query);
        const ranked = rank(query).filter((id) => wanted.has(id) || !others?.has(id));
        ofName.set(query, [...(ofName.get(query) ?? []), figuresOf(ranked, wanted)]);
      }
    }
  }
  return rows;
}

/** The share of questions that stand in the first ten of at least one other, in the whole bank. */
function coverage(bank: Bank, name: string): number {
  const trial = trialOf(bank, new Set(), 1);
  const rank = rankers[name]!(trial);
  const reached = new Set(trial.questions.flatMap((id) => rank(id).slice(0, 10)));
  return reached.size / trial.questions.length;
}

const cell = ({ mean, low, high }: Estimate): string => `${mean.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;

function table(bank: Bank, rows: ReadonlyMap<string, ReadonlyMap<string, readonly Figures[]>>): string {
  const lines = [...rows].map(
    ([name, ofName]) =>
      `| ${name} | ${estimates(ofName).map(cell).join(" | ")} | ${(100 * coverage(bank, name)).toFixed(0)} % |`,
  );
  return [`| ranked by | ${figureNames.join(" | ")} | coverage |`, "|---|---|---|---|---|---|", ...lines].join("\n");
}

async function main(): Promise<void> {
  const bank = await seedBank();
  const { tuning, reported } = pools(bank.edges);
  const pairs = tuning.length + reported.length;
  const pool = process.argv.includes("--tuning") ? tuning : reported;
  const all = run(bank, pool, pairs, Object.keys(rankers));
  const cold = coldBank(bank);
  const ofCold = run(cold, pool, pairs, ["same sub-topic", "text: title and prompt", "PageRank alone", "Fulcrum"]);
  const queries = [...all.values()][0]!;
  const count = [...queries.values()].reduce((sum, rows) => sum + rows.length, 0);
  const text = `<!-- figures -->
Made by \`npm run bench:quality -- recommend\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}.
${pairs} pairs of linked questions among ${bank.nodes.filter(({ kind }) => kind === "Question").length}; ${seeds.length} seeds hold out ${Math.round(pairs * 0.2)} each, of the ${pool.length} that no weight was fitted to: ${count} lists of ${queries.size} questions.

${table(bank, all)}

A cold bank, of which only titles, formats, difficulties, topics and the links that are not held out are left:

${table(cold, ofCold)}
<!-- end of figures -->
`;
  process.stdout.write(text);
  if (pool === tuning) return;
  const file = path.join(root, "bench", "results", "recommendation.md");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(/<!-- figures -->\n[^]*<!-- end of figures -->\n/, () => text),
  );
}

void main();
