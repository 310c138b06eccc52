// How long a change set of 300 nodes and 2,000 links takes to write, review and publish, over HTTP. Needs `npm run build`.
//   npx tsx bench/publish.ts [questions] [rounds] [SQLite | Neo4j]
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { newApiKey } from "../src/domain/access/api-key";
import { openStore } from "../src/store/open-store";
import { startMavenServer } from "../test/neo4j/maven-server";
import { bank, sizes, slugs } from "./bank";
import { load } from "./load";
import { seeded, words } from "./random";

const root = path.resolve(__dirname, "..");
const folder = path.join(root, ".cache", "bench");
const [questions, rounds] = [Number(process.argv[2] ?? 3_000), Number(process.argv[3] ?? 10)];
const only = process.argv[4];
const questionsInChangeSet = 43;

interface Step {
  readonly name: string;
  /** Milliseconds as the client waits. */
  readonly times: number[];
}
interface Server {
  readonly child: ChildProcess;
  ask(query: string, variables?: object): Promise<Record<string, unknown>>;
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = `sqlite:${path.join(folder, `${questions}.db`)}`;
  const rows: string[] = [];
  if (only !== "Neo4j") rows.push(...(await benchStore("SQLite", file)));
  if (only !== "SQLite") {
    const neo4j = await startMavenServer({ heap: "1g", pageCache: "256m" });
    try {
      rows.push(...(await benchStore("Neo4j", neo4j.uri)));
    } finally {
      await neo4j.remove();
    }
  }
  write(rows);
}

async function benchStore(store: string, url: string): Promise<string[]> {
  const database = await openStore({ url, user: "", password: "", database: "neo4j" });
  await load(database, questions);
  const { key, text } = newApiKey({ name: "Edith", role: "EDITOR", expiresAt: null }, new Date());
  await database.keys.add(key);
  await database.close();
  const server = await launch(url, text);
  try {
    const steps = new Map<string, Step>();
    for (let round = 0; round < rounds; round++) await benchRound(server, `${Date.now()}-${round}`, round, steps);
    return [...steps.values()].map(({ name, times }) => rowOf(store, name, times));
  } finally {
    server.child.kill("SIGTERM");
  }
}

async function benchRound(server: Server, prefix: string, round: number, steps: Map<string, Step>): Promise<void> {
  const timed = async (name: string, query: string, variables: object) => {
    const started = performance.now();
    const { it } = (await server.ask(query, variables)) as { it: { readonly [field: string]: unknown } };
    const step = steps.get(name) ?? { name, times: [] };
    steps.set(name, step);
    step.times.push(performance.now() - started);
    const { userErrors } = it as { userErrors?: readonly unknown[] };
    if (userErrors?.length) throw new Error(JSON.stringify(userErrors.slice(0, 3)));
    return it;
  };
  const opened = await timed(
    "open a change set",
    'mutation { it: openChangeSet(title: "Bench") { changeSet { id } userErrors { message } } }',
    {},
  );
  const { id } = opened["changeSet"] as { id: string };
  for (let i = 0; i < questionsInChangeSet; i++) {
    const name =
      i === 0 ? "save its first question" : i === questionsInChangeSet - 1 ? "save its last question" : "save one";
    await timed(
      name,
      "mutation ($input: QuestionInput!, $id: ID) { it: saveQuestion(input: $input, changeSet: $id) { node { slug } userErrors { code message path } } }",
      { id, input: question(`${prefix}-${i}`, round * questionsInChangeSet + i) },
    );
  }
  const of = "query ($id: ID!) { it: changeSet(id: $id)";
  const { changeCount } = await timed("count its changes", `${of} { changeCount } }`, { id });
  if ((changeCount as number) < 2_300) throw new Error(`Too few fields are changed: ${String(changeCount)}.`);
  await timed(
    "review it",
    `${of} { changes(first: 100) { subject field } findings { code } conflicts { subject } publishClosure { nodes } unreachableQuestions } }`,
    { id },
  );
  const published = "revision userErrors { code message }";
  await timed(
    "try to publish it",
    `mutation ($id: ID!) { it: publishChangeSet(changeSet: $id, dryRun: true) { ${published} } }`,
    { id },
  );
  await timed("publish it", `mutation ($id: ID!) { it: publishChangeSet(changeSet: $id) { ${published} } }`, { id });
}

/** A question of 7 nodes and 47 links. */
function question(slug: string, seed: number): object {
  const random = seeded(seed + 1);
  const n = sizes(questions);
  const text = (count: number) => words(count, random);
  const distinct = (count: number, limit: number, name: (index: number) => string) => {
    const all = new Set<number>();
    while (all.size < count) all.add(Math.floor(random() * limit));
    return [...all].map(name);
  };
  const pad = (index: number) => String(index).padStart(6, "0");
  const linked = (nodes: readonly string[], rest: object = {}) =>
    nodes.map((node) => ({ node, reason: text(14), ...rest }));
  const criteria = [0, 1, 2, 3].map((index) => ({ slug: `c-${index}`, statement: text(15), weight: 3 }));
  return {
    slug: `published-${slug}`,
    title: `${text(4)} ${slug}`,
    prompt: text(100),
    format: "TECHNICAL",
    difficulty: "MEDIUM",
    roles: distinct(2, n.roles, (index) => `role-${pad(index)}`),
    concepts: linked(distinct(10, n.concepts, slugs.concept), { emphasis: "TEACHES" }),
    tools: linked(distinct(5, n.tools, (index) => `tool-${pad(index)}`)),
    tradeOffs: linked(distinct(4, n.tradeOffs, slugs.tradeOff)),
    criteria,
    answers: (["CONCISE", "FULL"] as const).map((level) => ({
      slug: level.toLowerCase(),
      level,
      summary: text(20),
      body: text(level === "FULL" ? 600 : 100),
      meets: criteria.slice(0, 3).map(({ slug: node }) => ({ node })),
    })),
    followUps: linked(distinct(9, n.questions, slugs.question), { when: "ALWAYS" }),
    related: linked(distinct(5, n.questions, slugs.question)),
  };
}

async function launch(url: string, key: string): Promise<Server> {
  const port = 41_500 + (process.pid % 400);
  const child = spawn(
    process.execPath,
    [...(process.env["BENCH_NODE_ARGS"]?.split(" ") ?? []), path.join(root, "dist", "main.js")],
    {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: "production",
        PORT: String(port),
        HOST: "127.0.0.1",
        FULCRUM_STORE: url,
        FULCRUM_SEED: "off",
        FULCRUM_OWN_APPROVAL: "on",
        FULCRUM_LOG_LEVEL: "warn",
        FULCRUM_IDE: "off",
      },
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
  const ask: Server["ask"] = async (query, variables = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
    if (!data || errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}.`);
    if (await ask("{ revision }").catch(() => null)) return { child, ask };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function rowOf(store: string, name: string, times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [median, worst] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) => Math.round(ms as number));
  return `| ${store} | ${name} | ${sorted.length} | ${median} | ${worst} |`;
}

function write(rows: readonly string[]): void {
  const nodes = [...bank(questions)].flat().filter(({ op }) => op === "putNode").length;
  const text = `# Writing, reviewing and publishing a change set

Made by \`npx tsx bench/publish.ts\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? "unknown"}, ${cpus().length} cores, Node.js ${process.version}, Neo4j 5.26 Community, all on one
machine. The change set is made by ${questionsInChangeSet} calls of saveQuestion: ${questionsInChangeSet * 7} new nodes and ${questionsInChangeSet * 47} links, into a bank of ${questions} questions and ${nodes} nodes.
Milliseconds as one client waits over HTTP, one call after another; the machine's load average at the end was ${loadavg()[0]?.toFixed(0)}.

| store | step | calls | median ms | worst ms |
|---|---|---|---|---|
${rows.join("\n")}
`;
  mkdirSync(path.join(__dirname, "results"), { recursive: true });
  writeFileSync(path.join(__dirname, "results", "publish.md"), text);
  process.stdout.write(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
