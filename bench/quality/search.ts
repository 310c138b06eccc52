import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import MiniSearch from "minisearch";
import type { NodeState } from "../../src/domain/changes/change-set";
import type { GraphView } from "../../src/domain/graph/graph-view";
import { SearchIndex } from "../../src/search/search-index";
import { type TextRole, searchedTexts } from "../../src/search/searched-texts";
import { plainText } from "../../src/search/text-weights";
import { atOnce } from "../../test/builders/at-once";
import { root, seededBank } from "./seeded-bank";

interface Query {
  readonly group: string;
  readonly query: string;
  /** `Kind:slug`; any of them is what a person would want to see. */
  readonly expect: readonly string[];
}

/** Gives the best ten, as `Kind:slug`. */
type Searcher = (text: string) => readonly string[];

const within = 10;
const places: readonly TextRole[] = ["title", "alias", "brief", "long"];

async function main(): Promise<void> {
  const queries = readFileSync(path.join(__dirname, "search-queries.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Query);
  const isKept = (_: Query, index: number) => index % 3 === 2;
  const nodes: NodeState[] = [];
  const index = new SearchIndex();
  const view = await seededBank({
    put: (node) => {
      nodes.push(node);
      index.put(node);
    },
    apply: (changes) => index.apply(changes),
  });
  const fulcrum = searcherOf(index, view);
  for (const { query, expect } of queries)
    for (const each of expect) {
      const [kind, slug] = each.split(":") as [Parameters<GraphView["slugOwner"]>[0], string];
      if (!view.slugOwner(kind, slug)) throw new Error(`${JSON.stringify(query)} expects ${each}, which is not there.`);
    }

  const tuned = queries.filter((query, at) => !isKept(query, at));
  if (process.argv.includes("--tuning")) {
    for (const { group, query, expect } of tuned) {
      const found = fulcrum(query);
      const place = found.findIndex((each) => expect.includes(each));
      if (place < 0 || place > 2)
        console.log(
          `${place < 0 ? "–" : place + 1} ${group}: ${query} → ${expect.join(" ")}; got ${found.slice(0, 5).join(" ")}`,
        );
    }
    console.log(table(tuned, { Fulcrum: fulcrum }));
    return;
  }
  const searchers = {
    Fulcrum: fulcrum,
    "title only": libraryOf(nodes, ["title"]),
    "plain BM25": libraryOf(nodes, places),
    "BM25, boosts, prefixes, typos": libraryOf(nodes, places, {
      boost: { title: 4, alias: 3, brief: 1.5 },
      prefix: true,
      fuzzy: 0.2,
    }),
  };
  const kept = queries.filter(isKept);
  const report = [
    "# How well search finds things",
    "",
    "`npm run bench:quality -- search` writes this page: the share of queries that find one of the nodes that a person would want, within the",
    "first three and the first ten results, over the bank of `seed/`. The queries (`bench/quality/search-queries.jsonl`) were written from the bank's names",
    "and prompts before there was a search; each third was kept out of sight until the weights were settled. Two of the",
    "kept ones, `QAT` and `cheapest way to serve an llm`, had been examples from the start and were looked at on the way;",
    "spellings of two others, `int 8` and `C++`, also stood in unit tests over a made-up bank; one of them raised the weight of exact names.",
    "",
    "The others are MiniSearch 7.2.0 over the same fields of the same nodes: titles alone; all fields with its own settings (BM25+);",
    "and all fields with weights for titles, aliases and summaries, prefixes and a fuzziness of 0.2.",
    "",
    "## Queries kept for the last run",
    "",
    table(kept, searchers),
    "",
    "## Queries that the weights were tuned on",
    "",
    table(tuned, searchers),
    "",
    "## Kept queries whose answer is not among the first three",
    "",
    ...missesOf(kept, fulcrum),
    "",
  ].join("\n");
  console.log(report);
  writeFileSync(path.join(root, "bench", "results", "search.md"), report);
}

function searcherOf(index: SearchIndex, view: GraphView): Searcher {
  return (text) =>
    atOnce(index.search({ text, max: within }, view)).hits.flatMap(({ id }) => {
      const node = view.node(id);
      return node ? [`${node.kind}:${node.slug}`] : [];
    });
}

function libraryOf(nodes: readonly NodeState[], fields: readonly TextRole[], options: object = {}): Searcher {
  const library = new MiniSearch({ fields: [...fields], idField: "name" });
  for (const node of nodes) {
    const document: Record<string, string> = { name: `${node.kind}:${node.slug}` };
    for (const { place, spoiler, texts } of searchedTexts(node))
      if (!spoiler && texts.length > 0)
        document[place] = `${document[place] ?? ""} ${texts.map(plainText).join(" ")}`.trim();
    if (Object.keys(document).length > 1) library.add(document);
  }
  return (text) =>
    library
      .search(text, options)
      .slice(0, within)
      .map(({ id }) => String(id));
}

function table(queries: readonly Query[], searchers: Readonly<Record<string, Searcher>>): string {
  const names = Object.keys(searchers);
  const groups = [...new Set(queries.map(({ group }) => group))];
  const cell = (searcher: Searcher, of: readonly Query[]) => {
    const share = (max: number) => {
      const found = of.filter(({ query, expect }) =>
        searcher(query)
          .slice(0, max)
          .some((each) => expect.includes(each)),
      );
      return ((100 * found.length) / of.length).toFixed(1);
    };
    return `${share(3)} / ${share(within)}`;
  };
  const row = (name: string, of: readonly Query[]) =>
    `| ${name} | ${of.length} | ${names.map((each) => cell(searchers[each] as Searcher, of)).join(" | ")} |`;
  return [
    `| group | queries | ${names.map((name) => `${name}: % in 3 / in 10`).join(" | ")} |`,
    `|---|---|${"---|".repeat(names.length)}`,
    ...groups.map((group) =>
      row(
        group,
        queries.filter((query) => query.group === group),
      ),
    ),
    row("all", queries),
  ].join("\n");
}

const missesOf = (queries: readonly Query[], searcher: Searcher): string[] =>
  queries.flatMap(({ query, expect }) => {
    const place = searcher(query).findIndex((each) => expect.includes(each));
    if (place >= 0 && place < 3) return [];
    return [`- \`${query}\`: ${place < 0 ? "not among the first ten" : `place ${place + 1}`}`];
  });

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
