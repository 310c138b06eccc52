import { getNamedType, type GraphQLField, type GraphQLObjectType, isLeafType, isObjectType } from "graphql";
import { buildSchema } from "../../src/graphql/build-schema";
import { nodeKinds, nodeKindNames } from "../../src/domain/ontology/node-kinds";
import { denseId } from "../graphql/dense-bank";
import { rootKinds } from "../../src/graphql/types/node-types";

/** An operation of the corpus, asked of a dense bank. */
export interface CorpusOperation {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  /** It is meant to fail, wholly or in part. */
  readonly fails?: boolean;
}

const schema = buildSchema();
const typeOf = (name: string): GraphQLObjectType => schema.getType(name) as GraphQLObjectType;
const needsNothing = ({ args }: GraphQLField<unknown, unknown>): boolean =>
  args.every((arg) => String(arg.type).slice(-1) !== "!");

/** All scalar fields of a type that need no argument. */
const scalars = (type: GraphQLObjectType): string =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && needsNothing(field))
    .map((field) => field.name)
    .join(" ");

/** What a relation leads to: links or nodes, in a list, a connection or alone. */
function selection(field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return "{ __typename }";
  const fields = type.getFields();
  if (fields["pageInfo"]) {
    const edges = getNamedType(fields["edges"]!.type) as GraphQLObjectType;
    return `{ totalCount pageInfo { hasNextPage endCursor } edges { cursor ${withNode(edges, depth)} } }`;
  }
  return `{ ${fields["node"] && !fields["slug"] ? withNode(type, depth) : nodeFields(type, depth)} }`;
}

function withNode(type: GraphQLObjectType, depth: number): string {
  const node = getNamedType(type.getFields()["node"]!.type);
  return `${scalars(type)} node { __typename ${isObjectType(node) ? nodeFields(node, depth) : "id slug"} }`;
}

function nodeFields(type: GraphQLObjectType, depth: number): string {
  if (depth === 0) return isLeafOnly(type) ? scalars(type) : "slug";
  const relations = Object.values(type.getFields()).filter(
    (field) => !isLeafType(getNamedType(field.type)) && needsNothing(field) && (depth < 2 || field.name !== "path"),
  );
  return `${scalars(type)} ${relations.map((field) => `${field.name} ${selection(field, depth - 1)}`).join(" ")}`;
}

const isLeafOnly = (type: GraphQLObjectType): boolean => !type.getFields()["slug"];

const relationsOfKind = (kind: string): GraphQLField<unknown, unknown>[] =>
  Object.values(typeOf(kind).getFields()).filter(
    (field) => !isLeafType(getNamedType(field.type)) && needsNothing(field),
  );

/** Every scalar and every relation of each kind: some thirty documents, made from the schema so that none is forgotten. */
const ofKinds: readonly CorpusOperation[] = nodeKindNames.flatMap((kind) => {
  const half = (part: number) => relationsOfKind(kind).filter((_, index) => index % 2 === part);
  return [0, 1].map((part) => ({
    name: `${kind}, relations ${part}`,
    query: `query Whole($id: ID!) { node(id: $id) { id ... on ${kind} { ${scalars(typeOf(kind))} ${half(part)
      .map((field) => `${field.name} ${selection(field, 0)}`)
      .join(" ")} } } }`,
    variables: { id: denseId(kind, 1) },
  }));
});

const lists: readonly CorpusOperation[] = rootKinds.map((kind) => ({
  name: `${kind}, list`,
  query: `query List($first: Int) { ${nodeKinds[kind].plural}(first: $first) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { ${scalars(typeOf(kind))} } } } }`,
  variables: { first: 2 },
}));

const handWritten: readonly CorpusOperation[] = [
  { name: "nothing but the type", query: "{ __typename }" },
  {
    name: "introspection",
    query: '{ __schema { queryType { name } types { name kind } } __type(name: "Question") { fields { name } } }',
  },
  {
    name: "aliases and fragments",
    query:
      'query { a: question(slug: "q-0") { ...F } b: question(slug: "q-1") { ...F ...F } } fragment F on Question { t: title u: title concepts { why: reason node { ... on Node { slug } title } } }',
  },
  {
    name: "skip and include",
    query:
      'query Q($yes: Boolean!, $no: Boolean!) { question(slug: "q-0") { title @include(if: $yes) slug @skip(if: $yes) roles @include(if: $no) { title } tradeOffs @skip(if: $no) { reason } } }',
    variables: { yes: true, no: false },
  },
  {
    name: "filters, order and facets",
    query:
      "query Q($where: QuestionWhere) { questions(first: 2, where: $where, orderBy: { field: TITLE, direction: DESC }) { totalCount nodes { slug } facets(by: DIFFICULTY) { value count } } }",
    variables: { where: { difficulty: ["EASY", "MEDIUM", "HARD"], not: { format: ["CODING"] } } },
  },
  {
    name: "pages from the end",
    query: "{ concepts(last: 2) { nodes { slug } pageInfo { hasPreviousPage startCursor } } }",
  },
  { name: "an empty filter", query: "{ questions(where: { difficulty: [] }) { totalCount nodes { slug } } }" },
  {
    name: "nodes, some absent",
    query: "query N($ids: [ID!]!) { nodes(ids: $ids) { __typename slug ... on Concept { title } } }",
    variables: { ids: ["Concept:c-0", "Concept:none", "Question:q-1"] },
  },
  {
    name: "two operations, one named",
    query: 'query A { question(slug: "q-0") { slug } } query B { question(slug: "q-1") { slug } }',
    operationName: "B",
  },
  { name: "a value in its unit", query: '{ benchmark(slug: "b-0") { measurements { value unit metric { title } } } }' },
  {
    name: "default values",
    query:
      'query D($n: Int = 1, $slug: String = "q-1") { question(slug: $slug) { criteria { statement } concepts { node { questions(first: $n) { nodes { slug } } } } } }',
  },
  {
    name: "interfaces",
    query:
      '{ nodes(ids: ["Assessment:t-0/exact-latency", "FlipCondition:t-0/many"]) { id ... on Assessment { evidence { supports node { value } } } ... on FlipCondition { favors { side node { title } } } } }',
  },
  {
    name: "long texts",
    query: "{ questions(first: 3) { nodes { prompt answers { body summary } concepts { node { explanation } } } } }",
  },
  {
    name: "derived links",
    query:
      '{ tradeOff(slug: "t-0") { benchmarks(first: 2) { edges { because { reason node { __typename } } node { title } } } } }',
  },
  { name: "an operation that is not there", query: "query A { __typename } query B { __typename }", fails: true },
  { name: "another operation's name", query: "query A { __typename }", operationName: "B", fails: true },
  { name: "bad syntax", query: "{ question(", fails: true },
  { name: "an unknown field", query: '{ question(slug: "q-0") { titel } }', fails: true },
  { name: "a missing variable", query: "query Q($id: ID!) { node(id: $id) { id } }", fails: true },
  {
    name: "a variable of another type",
    query: "query Q($first: Int) { questions(first: $first) { totalCount } }",
    variables: { first: "two" },
    fails: true,
  },
  {
    name: "null for what is needed",
    query: "query Q($id: ID!) { node(id: $id) { id } }",
    variables: { id: null },
    fails: true,
  },
  { name: "no id", query: '{ node(id: "no id") { id } }', fails: true },
  { name: "neither slug nor id", query: "{ question { slug } }", fails: true },
  {
    name: "half of it fails",
    query: '{ good: question(slug: "q-0") { title } bad: question(slug: "q-0", id: "Question:q-0") { title } }',
    fails: true,
  },
  { name: "a page too long", query: "{ questions(first: 101) { totalCount } }", fails: true },
  { name: "first and last", query: "{ questions(first: 1, last: 1) { totalCount } }", fails: true },
  { name: "a cursor of nothing", query: '{ questions(first: 1, after: "bm90aGluZw") { totalCount } }', fails: true },
  {
    name: "a unit of another kind",
    query: '{ benchmark(slug: "b-0") { measurements { value(unit: "USD") } } }',
    fails: true,
  },
  {
    name: "an error deep within",
    query: '{ question(slug: "q-0") { concepts { node { title questions(first: 0) { totalCount } } } } }',
    fails: true,
  },
  {
    name: "too deep",
    query: `{ question(slug: "q-0") { ${"related { node { ".repeat(14)} slug ${"} }".repeat(14)} } }`,
    fails: true,
  },
  {
    name: "too costly",
    query: "{ questions(first: 100) { nodes { concepts { node { questions(first: 100) { nodes { slug } } } } } } }",
    fails: true,
  },
  {
    name: "a directive in vain",
    query: "query Q($yes: Boolean) { __typename @include(if: $yes) }",
    variables: {},
    fails: true,
  },
  {
    name: "an enum that is none",
    query: "{ questions(where: { difficulty: [TRIVIAL] }) { totalCount } }",
    fails: true,
  },
];

/** Operations that together ask everything that can be asked, the ways to fail included. Names are unique. */
export const corpus: readonly CorpusOperation[] = [...ofKinds, ...lists, ...handWritten];
