import { slugs } from "./bank";
import type { Operation } from "./measure";

type Server = "fulcrum" | "neo4jGraphql" | "plain";
/** The same information from each server, in each one's own schema; null where a server has no way to say it. */
export interface Case {
  readonly name: string;
  readonly documents: Readonly<Record<Server, ((questions: number) => readonly Operation[]) | null>>;
}

const spread = (count: number, limit: number) =>
  Array.from({ length: count }, (_, i) => Math.floor((i * limit) / count));
const each =
  (query: string, variables: (questions: number) => readonly Record<string, unknown>[]) => (questions: number) =>
    variables(questions).map((value) => ({ query, variables: value }));
const tradeOffs = (questions: number) =>
  spread(50, Math.ceil(questions * 0.23)).map((i) => ({ slug: slugs.tradeOff(i) }));
const someQuestions = (questions: number) => spread(50, questions).map((i) => ({ slug: slugs.question(i) }));

const walk: Case = {
  name: "walk",
  documents: {
    fulcrum: each(
      `query Walk($slug: String!) { tradeOff(slug: $slug) { title
        options { title assessments { rating statement quality { title } evidence { reason supports node { value unit metric { title } benchmark { title hardware date source { url } } } } } }
        questions(first: 5) { edges { reason node { title followUps { reason when node { title } } answers { level summary } } } } } }`,
      tradeOffs,
    ),
    neo4jGraphql: each(
      `query Walk($slug: String!) { tradeOffs(where: {slug: {eq: $slug}}) { title
        optionsConnection(sort: [{edge: {order: ASC}}]) { edges { node { title assessments { rating statement quality { title } evidenceConnection { edges { properties { reason supports } node { value unit metric { title } benchmark { title hardware date source { url } } } } } } } } }
        questionsConnection(first: 5) { edges { properties { reason } node { title followUpsConnection(sort: [{edge: {order: ASC}}]) { edges { properties { reason when } node { title } } } answers { level summary } } } } } }`,
      tradeOffs,
    ),
    plain: each(
      `query Walk($slug: String!) { tradeOff(slug: $slug) { title
        options { title assessments { rating statement quality { title } evidence { reason supports node { value unit metric { title } benchmark { title hardware date source { url } } } } } }
        questions { reason node { title followUps { reason when node { title } } answers { level summary } } } } }`,
      tradeOffs,
    ),
  },
};

const list: Case = {
  name: "list of 50",
  documents: {
    fulcrum: each(
      `query List { questions(first: 50, orderBy: {field: TITLE, direction: ASC}) { nodes { slug title format difficulty estimatedMinutes
        concepts { reason emphasis node { title } } tools { reason node { title } } tradeOffs { reason node { title } } roles { title } } } }`,
      () => [{}],
    ),
    neo4jGraphql: each(
      `query List { questions(limit: 50, sort: [{title: ASC}]) { slug title format difficulty estimatedMinutes
        conceptsConnection { edges { properties { reason emphasis } node { title } } } toolsConnection { edges { properties { reason } node { title } } }
        tradeOffsConnection { edges { properties { reason } node { title } } } roles { title } } }`,
      () => [{}],
    ),
    plain: each(
      `query List { questions(first: 50) { slug title format difficulty estimatedMinutes
        concepts { reason emphasis node { title } } tools { reason node { title } } tradeOffs { reason node { title } } roles { title } } }`,
      () => [{}],
    ),
  },
};

const filtered: Case = {
  name: "filtered page, count, facets",
  documents: {
    fulcrum: each(
      `query Filtered { questions(first: 20, where: {difficulty: [HARD], roles: {in: ["Role:role-000003"]}}, orderBy: {field: TITLE, direction: ASC}) {
        totalCount facets(by: FORMAT) { value count } nodes { slug title format } } }`,
      () => [{}],
    ),
    neo4jGraphql: each(
      `query Filtered { questionsConnection(first: 20, where: {difficulty: {eq: "HARD"}, roles: {some: {slug: {eq: "role-000003"}}}}, sort: [{title: ASC}]) {
        aggregate { count { nodes } } edges { node { slug title format } } } }`,
      () => [{}],
    ),
    plain: null,
  },
};

const one: Case = {
  name: "one node",
  documents: {
    fulcrum: each(
      "query One($slug: String!) { question(slug: $slug) { slug title format difficulty } }",
      someQuestions,
    ),
    neo4jGraphql: each(
      "query One($slug: String!) { questions(where: {slug: {eq: $slug}}) { slug title format difficulty } }",
      someQuestions,
    ),
    plain: each("query One($slug: String!) { question(slug: $slug) { slug title format difficulty } }", someQuestions),
  },
};

export const cases: readonly Case[] = [walk, list, filtered, one];

/** A page of 20 titles at a page number. Fulcrum continues from a cursor; the peers skip. */
export const page = {
  fulcrum: (after: string | null): Operation => ({
    query:
      "query Page($after: String) { questions(first: 20, after: $after, orderBy: {field: TITLE, direction: ASC}) { pageInfo { endCursor hasNextPage } nodes { slug title } } }",
    variables: { after },
  }),
  neo4jGraphql: (number: number): Operation => ({
    query: "query Page($offset: Int!) { questions(limit: 20, offset: $offset, sort: [{title: ASC}]) { slug title } }",
    variables: { offset: (number - 1) * 20 },
  }),
  plain: (number: number): Operation => ({
    query: "query Page($skip: Int!) { questions(first: 20, skip: $skip) { slug title } }",
    variables: { skip: (number - 1) * 20 },
  }),
};
