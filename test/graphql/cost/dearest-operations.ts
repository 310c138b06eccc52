import type { GraphView } from "../../../src/domain/graph/graph-view";
import { byId } from "../../../src/domain/graph/order";
import type { NodeId } from "../../../src/domain/ids";
import { type NodeKind } from "../../../src/domain/ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../../../src/domain/ontology/relations";
import { listName, lookUpName, rootKinds } from "../../../src/graphql/types/node-types";

type Variables = Readonly<Record<string, unknown>>;

/** A root field with arguments that make the server work as hard for it as they may. */
export interface DearestOperation {
  readonly field: string;
  /** What sets it apart from others of the field; empty if there are none. */
  readonly about: string;
  readonly query: string;
  /** They differ from turn to turn where answers to the same ones would be remembered. */
  readonly variables: (turn: number) => Variables;
  readonly needsKey?: boolean;
}

/** The nodes of a kind with the most links, these first. */
export function hubsOf(view: GraphView, kind: NodeKind): readonly NodeId[] {
  const nodes = view.nodesInOrder(kind, byId);
  const degree = (id: NodeId) =>
    relationsOf(kind).reduce((sum, each) => sum + (isEdgeRelation(each) ? view.links(id, each.name).length : 0), 0);
  return Array.from({ length: nodes.length }, (_, at) => nodes.at(at).id)
    .map((id) => ({ id, links: degree(id) }))
    .sort((a, b) => b.links - a.links)
    .map(({ id }) => id);
}

const longestText = 200;
const plainWord = /^[a-z]{3,}$/;

/** The words that the most titles hold, as many as a search may be for. */
function frequentWords(view: GraphView): readonly string[] {
  const counts = new Map<string, number>();
  for (const kind of ["Question", "Concept", "Benchmark"] as const) {
    const nodes = view.nodesInOrder(kind, byId);
    for (let at = 0; at < nodes.length; at++)
      for (const word of new Set(
        String((nodes.at(at) as { title?: string }).title)
          .toLowerCase()
          .split(" "),
      ))
        if (plainWord.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([word]) => word);
}

function textOf(words: readonly string[]): string {
  let text = "";
  for (const word of words) if (text.length + word.length < longestText) text = `${text} ${word}`.trim();
  return text;
}

/** Words that are in no text and near none, different ones each turn. */
const strange = (turn: number): string =>
  textOf(
    Array.from({ length: 30 }, (_, at) => (turn * 7_919 + at * 104_729 + 9 ** 9).toString(26).replace(/\d/g, "q")),
  );

/** As many of the first as are asked for, others each turn. */
const turned = <T>(items: readonly T[], turn: number, count: number): readonly T[] =>
  Array.from({ length: Math.min(count, items.length) }, (_, at) => items[(turn + at) % items.length] as T);

const plainArguments = "$id: ID!";

/** For each root field of Query. The bank must hold nodes of each kind. */
export function dearestOperations(view: GraphView): readonly DearestOperation[] {
  const hubs = Object.fromEntries(
    (
      ["Question", "Concept", "Tool", "TradeOff", "Metric", "Topic", "Role", "Benchmark", "Quality", "Source"] as const
    ).map((kind) => [kind, hubsOf(view, kind)]),
  ) as Readonly<Record<NodeKind, readonly NodeId[]>>;
  const hub = (kind: NodeKind, turn = 0): NodeId => hubs[kind][turn % Math.min(hubs[kind].length, 20)] as NodeId;
  const words = frequentWords(view);
  const frequent = textOf(words);
  const letters = "a b c d e f g h i k l m n o p r s t u v w";
  const context = (turn: number) => ({
    after: hub("Question", turn),
    goal: hub("Concept", turn),
    known: turned(hubs.Concept, turn + 3, 5_000),
    seen: turned(hubs.Question, turn + 200, Math.min(5_000, hubs.Question.length / 2)),
  });
  const operations: DearestOperation[] = [];
  const add = (
    field: string,
    about: string,
    query: string,
    variables: DearestOperation["variables"] = () => ({}),
    needsKey = false,
  ) => void operations.push({ field, about, query, variables, ...(needsKey && { needsKey }) });

  for (const kind of rootKinds) {
    const name = lookUpName(kind);
    add(name, "by ID", `query (${plainArguments}) { ${name}(id: $id) { slug } }`, (turn) => ({ id: hub(kind, turn) }));
    add(name, "that is not there", `query ($slug: String) { ${name}(slug: $slug) { slug } }`, (turn) => ({
      slug: `nothing-${turn}`,
    }));
    for (const relation of relationsOf(kind)) {
      if (isEdgeRelation(relation) && (relation.end.one || relation.end.max !== undefined)) continue;
      const isOfOne = relation.targets.length === 1;
      const target = relation.targets[0];
      const where = isOfOne && rootKinds.includes(target) && !(relation.owner === target && !isEdgeRelation(relation));
      const clause = where ? `, where: { not: { title: [$title] } }` : "";
      add(
        name,
        `with a page of ${relation.field}`,
        `query (${plainArguments}${where ? ", $title: String!" : ""}) { ${name}(id: $id) { ${relation.field}(first: 1${clause}) { totalCount nodes { __typename } } } }`,
        (turn) => ({ id: hub(kind, turn), ...(where && { title: `nothing ${turn}` }) }),
      );
      if (!where) continue;
      add(
        name,
        `with nothing of ${relation.field}`,
        `query (${plainArguments}, $title: String!) { ${name}(id: $id) { ${relation.field}(first: 100, orderBy: { field: TITLE, direction: DESC }, where: { title: [$title] }) { nodes { __typename } } } }`,
        (turn) => ({ id: hub(kind, turn), title: `nothing ${turn}` }),
      );
    }

    const list = listName(kind);
    const facets = { Question: "CONCEPTS", Tool: "QUESTIONS", Benchmark: "SOURCE" }[kind as string];
    add(list, "a page", `{ ${list}(first: 100, orderBy: { field: TITLE, direction: DESC }) { nodes { slug } } }`);
    add(list, "two nodes", `{ ${list}(last: 2) { nodes { slug } } }`);
    add(
      list,
      "filtered to nothing",
      `query ($title: String!) { ${list}(first: 1, where: { title: [$title] }) { totalCount nodes { slug } } }`,
      (turn) => ({ title: `nothing ${turn}` }),
    );
    add(
      list,
      "filtered, with its size",
      `query ($title: String!) { ${list}(first: 1, where: { not: { title: [$title] } }) { totalCount nodes { slug } } }`,
      (turn) => ({ title: `nothing ${turn}` }),
    );
    if (facets)
      add(
        list,
        "filtered, with facets",
        `query ($title: String!) { ${list}(first: 1, where: { not: { title: [$title] } }) { facets(by: ${facets}, first: 1) { count } } }`,
        (turn) => ({ title: `nothing ${turn}` }),
      );
  }
  add("questions", "with long texts", "{ questions(first: 100) { nodes { prompt answers { body } } } }");
  add(
    "questions",
    "filtered by many links",
    "query ($where: QuestionWhere) { questions(first: 1, where: $where) { totalCount } }",
    (turn) => ({
      where: {
        any: Array.from({ length: 8 }, (_, at) => ({ concepts: { in: turned(hubs.Concept, turn + at * 30, 30) } })),
      },
    }),
  );

  add("node", "", `query (${plainArguments}) { node(id: $id) { id } }`, (turn) => ({ id: hub("Concept", turn) }));
  add("nodes", "a hundred", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", (turn) => ({
    ids: turned(hubs.Concept, turn, 100),
  }));
  add("nodes", "that are not there", "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", (turn) => ({
    ids: Array.from({ length: 100 }, (_, at) => `Question:nothing-${turn}-${at}`),
  }));
  add("revision", "", "{ revision }");
  add("viewer", "", "{ viewer { role } }");

  const via = "[ABOUT, PREREQUISITE_OF, RELATED_TO, COVERS, ASKED_OF, MENTIONS, FOLLOWED_BY, USES, ANSWERED_BY]";
  add(
    "path",
    "",
    `query ($from: ID!, $to: ID!) { path(from: $from, to: $to, maxHops: 8, first: 10, via: ${via}) { complete } }`,
    (turn) => ({ from: hubs.Question.at(-1 - (turn % 100)), to: hubs.Tool.at(-1 - (turn % 20)) }),
  );
  add(
    "path",
    "that is not there",
    `query ($from: ID!, $to: ID!) { path(from: $from, to: $to, maxHops: 8, first: 10, via: [COVERS, ASKED_OF, ABOUT, USES]) { complete } }`,
    (turn) => ({ from: hub("Question", turn), to: hubs.Source[turn % hubs.Source.length] }),
  );
  add(
    "path",
    "from what is not there",
    `query ($from: ID!, $to: ID!) { path(from: $from, to: $to) { complete } }`,
    (turn) => ({ from: `Question:nothing-of-this-name-${turn}`, to: hub("Tool", turn) }),
  );

  for (const [about, first, given] of [
    ["one, of little context", 1, (turn: number) => ({ after: hub("Question", turn), goal: hub("Concept", turn) })],
    ["one, of much context", 1, context],
    ["a hundred, of much context", 100, context],
    ["a hundred, of none", 100, () => null],
  ] as const) {
    add(
      "nextQuestions",
      about,
      `query ($context: RecommendationContext) { nextQuestions(first: ${first}, context: $context) { score } }`,
      (turn) => ({ context: given(turn) }),
    );
    add(
      "whyNot",
      about,
      `query ($question: ID!, $context: RecommendationContext) { whyNot(question: $question, first: ${first}, context: $context) { rank } }`,
      (turn) => ({ question: hubs.Question.at(-1 - (turn % 100)), context: given(turn) }),
    );
  }
  for (const first of [1, 100])
    add(
      "question",
      `with ${first} similar`,
      `query (${plainArguments}) { question(id: $id) { similar(first: ${first}) { score } } }`,
      (turn) => ({ id: hub("Question", turn) }),
    );
  add(
    "question",
    "with what is recommended",
    `query (${plainArguments}, $context: RecommendationContext) { question(id: $id) { recommended(first: 1, context: $context) { score } } }`,
    (turn) => ({ id: hub("Question", turn), context: { ...context(turn), after: undefined } }),
  );

  add(
    "learningPlan",
    "of many concepts",
    "query ($concepts: [ID!]!) { learningPlan(concepts: $concepts, known: []) { totalCount } }",
    (turn) => ({ concepts: turned([...hubs.Concept].reverse(), turn, 250) }),
  );
  add(
    "learningPlan",
    "with its teachers",
    "query ($concepts: [ID!]!) { learningPlan(concepts: $concepts) { steps(first: 100) { taughtBy(first: 1) { emphasis } } } }",
    (turn) => ({ concepts: turned(hubs.Concept, turn, 100) }),
  );
  add(
    "learningPlan",
    "of what is known",
    "query ($concepts: [ID!]!, $known: [ID!]) { learningPlan(concepts: $concepts, known: $known) { totalCount } }",
    (turn) => ({ concepts: [hub("Concept", turn)], known: turned(hubs.Concept, turn, 5_000) }),
  );
  add(
    "readiness",
    "",
    "query ($question: ID!, $known: [ID!]) { readiness(question: $question, known: $known) { ready } }",
    (turn) => ({ question: hub("Question", turn), known: turned(hubs.Concept, turn, 5_000) }),
  );
  add(
    "compareOptions",
    "",
    "query ($tradeOff: ID!) { compareOptions(tradeOff: $tradeOff) { dominated { by { slug } } conflicts { figures { slug } } options { cells { measured } } flips { shown } } }",
    (turn) => ({ tradeOff: hub("TradeOff", turn) }),
  );
  add(
    "compareAnswers",
    "",
    "query ($question: ID!) { compareAnswers(question: $question) { totalWeight } }",
    (turn) => ({ question: hub("Question", turn) }),
  );
  for (const first of [1, 100])
    add(
      "evidence",
      `${first} rows`,
      `query ($metric: ID!) { evidence(metric: $metric, first: ${first}) { totalCount rows { conditions { name } } } }`,
      (turn) => ({ metric: hub("Metric", turn) }),
    );

  const search = (about: string, text: (turn: number) => string, selection: string, args = "first: 1") =>
    add("search", about, `query ($text: String!) { search(text: $text, ${args}) { ${selection} } }`, (turn) => ({
      text: text(turn),
    }));
  search("for frequent words", () => frequent, "totalCount", "first: 1, reveal: true");
  search("for one frequent word", () => words[0] as string, "totalCount");
  search("with facets", () => frequent, "facets(by: TOPICS) { count }", "first: 1, reveal: true");
  search(
    "with highlights",
    () => frequent,
    "edges { highlights { field pieces { text } } }",
    "first: 100, reveal: true",
  );
  search("for strange words", strange, "totalCount");
  search("for single letters", () => letters, "totalCount");
  add(
    "search",
    "filtered",
    "query ($text: String!, $title: String!) { search(text: $text, first: 1, where: { not: { title: [$title] } }) { totalCount } }",
    (turn) => ({ text: frequent, title: `nothing ${turn}` }),
  );
  const suggest = (about: string, text: (turn: number) => string, first = 1) =>
    add("suggest", about, `query ($text: String!) { suggest(text: $text, first: ${first}) { name } }`, (turn) => ({
      text: text(turn),
    }));
  suggest("for frequent words", () => frequent);
  suggest("for single letters", () => letters);
  suggest("a hundred for a letter", () => "s", 100);
  suggest("for strange words", strange);

  add("commit", "", "query ($revision: Int!) { commit(revision: $revision) { title } }", (turn) => ({
    revision: 1 + (turn % 3),
  }));
  add(
    "commit",
    "with a node that it is about",
    "query ($revision: Int!, $skip: Int!) { commit(revision: $revision) { nodes(first: 1, skip: $skip) { changeType } } }",
    (turn) => ({ revision: 1 + (turn % 3), skip: turn }),
  );
  add(
    "commit",
    "with a change",
    "query ($revision: Int!, $skip: Int!) { commit(revision: $revision) { changes(first: 1, skip: $skip) { field } } }",
    (turn) => ({ revision: 1 + (turn % 3), skip: turn * 50 }),
    true,
  );
  add("commits", "", "{ commits(last: 100) { nodes { title } } }");
  add(
    "commits",
    "with nodes that they are about",
    "{ commits(first: 20) { nodes { nodes(first: 20) { changeType } } } }",
  );
  add("commits", "with changes", "{ commits(first: 20) { nodes { changes(first: 500) { field } } } }", undefined, true);
  add("history", "", `query (${plainArguments}) { history(id: $id, first: 100) { nodes { title } } }`, (turn) => ({
    id: hub("Concept", turn),
  }));
  add("coverage", "", "{ coverage(first: 1) { questions } }");
  add("coverage", "a page", "{ coverage(first: 100) { questions } }");
  add("lint", "", "{ lint(first: 1) { counts { errors } } }", undefined, true);
  add("changeSet", "", `query (${plainArguments}) { changeSet(id: $id) { title } }`, () => ({ id: "nothing" }), true);
  add("changeSets", "", "{ changeSets(first: 100) { nodes { title } } }", undefined, true);
  add(
    "__schema",
    "in full",
    "{ __schema { types { name fields { name args { name type { name } } type { name } } } } }",
  );
  return operations;
}
