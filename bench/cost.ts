// `npm run bench -- cost [banks …]`: processor time for a unit of cost, and the longest hold of the event loop, of each root field
// at its dearest admissible arguments, on the seed and on 3,000 questions. One process, from memory, without HTTP.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { seedIfEmpty } from "../src/content/seed-if-empty";
import { openStore } from "../src/store/open-store";
import { type DearestOperation, dearestOperations, hubsOf } from "../test/graphql/cost/dearest-operations";
import { type ServedBank, servedBank } from "../test/graphql/cost/served-bank";
import { load } from "./load";

const root = path.resolve(__dirname, "..");
const folder = path.join(root, ".cache", "bench");
/** For part of a name, such as "search"; all operations without it. */
const wanted = process.env["BENCH_OPERATIONS"] ?? "";

interface Row {
  readonly operation: string;
  /** Units that were charged at admission, and those that came of it, the mean of all turns. */
  readonly requested: number;
  readonly actual: number;
  /** Processor milliseconds of a request, the mean, beyond the pipeline's fixed part. */
  readonly milliseconds: number;
  /** The longest time for which the event loop was held, in milliseconds of the processor: the median and the first turn. */
  readonly hold: number;
  readonly firstHold: number;
  readonly error: string;
}

type Ask = ServedBank["ask"];

async function openBank(name: string) {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.db`);
  const store = await openStore({ url: `sqlite:${file}`, user: "", password: "", database: "" });
  await store.migrate();
  if (name === "seed") await seedIfEmpty(store, path.join(root, "seed"));
  else await load(store, Number(name));
  return { store, ...(await servedBank(store)) };
}

const spentSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const nextTurn = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** The longest stretch between two turns of the event loop while the work is done. */
async function holdOf(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isDone = false;
  await nextTurn();
  let last = process.cpuUsage();
  const note = () => {
    longest = Math.max(longest, spentSince(last));
    last = process.cpuUsage();
  };
  const watching = (async () => {
    while (!isDone) {
      await nextTurn();
      note();
    }
  })();
  await work();
  isDone = true;
  await watching;
  return longest;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] as number;

/** What every request with a variable takes. */
const nothing: DearestOperation = {
  field: "__type",
  about: "",
  query: "query ($name: String!) { __type(name: $name) { name } }",
  variables: (turn) => ({ name: `Nothing${turn}` }),
};

async function measure(ask: Ask, operation: DearestOperation): Promise<Row> {
  const firstHold = await holdOf(() => ask(operation, 1_000));
  for (let turn = 0, spent = 0; turn < 20 && spent < 60; turn++) {
    const before = process.cpuUsage();
    await ask(operation, 900 + turn);
    spent += spentSince(before);
  }
  let [turns, spent, actual, requested, fixed, error] = [0, 0, 0, 0, 0, ""];
  while (turns < 400 && (spent < 120 || turns < 4)) {
    const beforeNothing = process.cpuUsage();
    await ask(nothing, 2_000 + turns);
    fixed += spentSince(beforeNothing);
    const before = process.cpuUsage();
    const answer = await ask(operation, turns++);
    spent += spentSince(before);
    [actual, requested, error] = [actual + answer.actual, answer.requested, answer.error];
  }
  const holds: number[] = [];
  for (let turn = 0; turn < 5; turn++) holds.push(await holdOf(() => ask(operation, 700 + turn)));
  return {
    operation: `${operation.field} ${operation.about}`.trim(),
    requested,
    actual: actual / turns,
    milliseconds: Math.max(0, spent - fixed) / turns,
    hold: median(holds),
    firstHold,
    error,
  };
}

async function benchBank(name: string): Promise<string> {
  const { store, model, ask } = await openBank(name);
  const tradeOffs = hubsOf(model, "TradeOff").map((id) => id.slice("TradeOff:".length));
  const walk: DearestOperation = {
    field: "the mission walk",
    about: "",
    query: readFileSync(path.join(root, "test", "operations", "mission-walk.graphql"), "utf8"),
    variables: (turn) => ({ slug: tradeOffs[turn % Math.min(50, tradeOffs.length)] }),
  };
  const operations = dearestOperations(model).filter(({ field, about }) => `${field} ${about}`.includes(wanted));
  for (const operation of [walk, ...operations]) for (let turn = 0; turn < 4; turn++) await ask(operation, 800 + turn);
  for (let turn = 0; turn < 300; turn++) await ask(walk, turn);
  const walked = await measure(ask, walk);
  const perUnit = ({ milliseconds, actual }: Row) => (milliseconds * 1_000) / actual;
  const rows: Row[] = [walked];
  for (const operation of operations) rows.push(await measure(ask, operation));
  await store.close();
  const lines = rows.map((row) => {
    const { operation, requested, actual, milliseconds, hold, firstHold, error } = row;
    const ratio = perUnit(row) / perUnit(walked);
    return `| ${operation} | ${requested} | ${actual.toFixed(0)} | ${milliseconds.toFixed(2)} | ${perUnit(row).toFixed(2)} | ${ratio.toFixed(1)}${ratio > 3 ? " **" : ""} | ${hold.toFixed(1)} | ${firstHold.toFixed(1)} | ${error.slice(0, 80)} |`;
  });
  return [
    `## ${name === "seed" ? "The seed" : `${name} questions`}`,
    "",
    "| operation | requested | actual | ms | µs a unit | to the walk | hold ms | first hold ms | error |",
    "|---|---|---|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

async function main(): Promise<void> {
  const banks = process.argv.slice(2);
  const parts: string[] = [];
  for (const name of banks.length > 0 ? banks : ["seed", "3000"]) parts.push(await benchBank(name));
  const text = [
    "# Processor time for a unit of cost",
    "",
    `${cpus()[0]?.model ?? "unknown"}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}: \`npm run bench -- cost\`.`,
    "",
    "Each root field at its dearest admissible arguments, from memory, nothing kept, without HTTP, beyond the fixed part of the",
    "pipeline (a `__type` that is not there). No more than three times the mission walk is wanted; cheaper is fine. A hold is the longest stretch for which",
    "the event loop took up nothing else, in milliseconds of the processor; first: where nothing was remembered yet.",
    "",
    ...parts,
  ].join("\n");
  process.stdout.write(text);
  if (wanted === "" && banks.length === 0) writeFileSync(path.join(__dirname, "results", "cost.md"), text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
