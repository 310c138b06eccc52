import type { Figures } from "./measure";

export interface Row {
  readonly questions: number;
  readonly server: string;
  readonly operation: string;
  /** At concurrency 1 and 32; a text where the server failed. */
  readonly alone: Figures | string;
  readonly together: Figures | string;
}

const peer = "@neo4j/graphql";
const memory = "Fulcrum, memory";
const cpu = (figures: Figures | string) => (typeof figures === "string" ? NaN : figures.apiCpu + figures.databaseCpu);
const apiCpu = (figures: Figures | string) => (typeof figures === "string" ? NaN : figures.apiCpu);
const latency = ({ p50, p99, longest }: Figures) => `${round(p50)} / ${round(p99)} / ${round(longest)}`;
const round = (value: number) =>
  Number.isNaN(value) ? "–" : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** The run as Markdown: each figure, and what it is in terms of @neo4j/graphql's in the same run. */
export function report(
  rows: readonly Row[],
  calls: readonly { readonly operation: string; readonly calls: number }[],
  machine: {
    readonly processor: string;
    readonly memory: string;
    readonly node: string;
    readonly date: string;
    readonly seconds: number;
  },
): string {
  const line = (row: Row): string => {
    const { alone, together } = row;
    if (typeof alone === "string" || typeof together === "string") {
      return `| ${row.questions} | ${row.operation} | ${row.server} | failed: ${typeof together === "string" ? together : (alone as string)} | | | | | | | |`;
    }
    const figuresOf = (server: string) =>
      rows.find(
        (each) => each.server === server && each.operation === row.operation && each.questions === row.questions,
      )?.together;
    const ratio = round(cpu(together) / cpu(figuresOf(peer) ?? ""));
    const api = round(together.apiCpu / apiCpu(figuresOf(memory) ?? ""));
    return `| ${[row.questions, row.operation, row.server, round(together.apiCpu), round(together.databaseCpu), ratio, api, latency(alone), latency(together), Math.round(together.bytes), together.requests].join(" | ")} |`;
  };
  return `# Serving, compared

Made by \`npm run bench\` on ${machine.date}: ${machine.processor}, ${machine.memory}, Node.js ${machine.node}, Neo4j 5.26 Community with a heap
of 2 GiB, all on one machine with the load generator, ${machine.seconds} s for each cell. CPU is milliseconds a request (user and system, from the operating
system's counters) of the API's process and of the database's, at 32 requests at a time; "ratio" is their sum over that of
${peer}, in this run; "API ratio" is the API's CPU alone over that of "${memory}". Latencies are p50 / p99 / longest in milliseconds, and the longest of one client alone is the longest pause: at concurrency 32 they are mostly waiting for two cores.
Compare ratios; absolute figures belong to the machine. Every server gives the same information in its own schema; facets and derived
links exist in Fulcrum alone and come on top there. Logging of requests is off everywhere. "Fulcrum, memory" is the default, on a SQLite file: an
answer that is asked for again is kept until the next commit, and up to fifty different requests an operation come in turn, so nearly all
come again; "afresh" keeps none (\`FULCRUM_ANSWERS_MB=0\`), which is what a request takes that nobody asked before. The two others ask
their store each time (\`FULCRUM_READ=store\`). "plain build, memory" is the plain build over the model that Fulcrum
serves from; "raw bytes" is a bare node:http server that returns Fulcrum's answers from a map, without a pipeline or a check.

| questions | operation | server | CPU API | CPU database | ratio | API ratio | latency alone | latency at 32 | bytes | requests |
|---|---|---|---|---|---|---|---|---|---|---|
${[...rows]
  .sort((a, b) => a.questions - b.questions)
  .map(line)
  .join("\n")}

Store calls of one request on Fulcrum: ${calls.map((each) => `${each.operation} ${each.calls}`).join(", ")}.
`;
}
