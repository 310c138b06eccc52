import fc from "fast-check";

export interface HostileRequest {
  readonly name: string;
  readonly body?: string | Buffer;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly path?: string;
}

/** Every code that an error of a client's may carry. */
export const listedCodes: readonly string[] = [
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_RESOLUTION_FAILURE",
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "OPERATION_TOO_COMPLEX",
  "PAYLOAD_TOO_LARGE",
  "RATE_LIMITED",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONFLICT",
  "IDEMPOTENCY_KEY_REUSED",
  "DEADLINE_EXCEEDED",
  "SERVICE_UNAVAILABLE",
];

const json = (query: string, variables?: unknown): string =>
  JSON.stringify({ query, ...(variables === undefined ? {} : { variables }) });
const many = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => each(i)).join(" ");
const nested = (depth: number, open: string, close: string, inner: string) =>
  open.repeat(depth) + inner + close.repeat(depth);

export function hostileRequests(): HostileRequest[] {
  const fanOut =
    many(25, (i) => `fragment F${i} on Question { ${`...F${i + 1} `.repeat(6)} }`) +
    " fragment F25 on Question { title }";
  return [
    { name: "a fragment fan-out", body: json(`{ questions { nodes { ...F0 } } } ${fanOut}`) },
    { name: "fragments in a ring", body: json("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }") },
    {
      name: "a walk of 200 levels",
      body: json(`{ questions { nodes { ${nested(200, "followUps { node { ", " } }", "title")} } } }`),
    },
    { name: "10,000 brackets", body: json(`{ a${nested(10_000, "(a:[", "])", "")} }`) },
    { name: "10,000 aliases", body: json(`{ ${many(10_000, (i) => `a${i}:__typename`)} }`).slice(0, 65_000) + '"}' },
    { name: "999 aliases in few tokens", body: json(`{ ${many(240, (i) => `a${i}: questions { totalCount }`)} }`) },
    { name: "3,000 overlapping fields", body: json(`{ questions { ${many(450, () => "nodes { title }")} } }`) },
    {
      name: "overlapping fragments",
      body: json(
        `{ ${many(60, (i) => `...F${i}`)} } ${many(60, (i) => `fragment F${i} on Query { questions { nodes { title } } }`)}`,
      ),
    },
    { name: "200 directives", body: json(`{ __typename ${"@skip(if: false) ".repeat(200)} }`) },
    {
      name: "50 operations",
      body: JSON.stringify({ query: many(50, (i) => `query Q${i} { __typename }`), operationName: "Q1" }),
    },
    { name: "a page of a million", body: json("{ questions(first: 1000000) { nodes { title } } }") },
    { name: "a negative page", body: json("{ questions(first: -1) { nodes { title } } }") },
    {
      name: "pages within pages",
      body: json(
        "{ questions(first: 100) { nodes { precededBy(first: 100) { nodes { precededBy(first: 100) { nodes { title } } } } } } }",
      ),
    },
    { name: "a forged cursor", body: json('{ questions(after: "bm90IGEgY3Vyc29y") { nodes { title } } }') },
    {
      name: "variables 5,000 deep",
      body: `{"query":"query ($w: QuestionWhere) { questions(where: $w) { totalCount } }","variables":{"w":${nested(5_000, '{"not":', "}", "1")}}}`,
    },
    {
      name: "3,000 unknown variable keys",
      body: json("query ($w: QuestionWhere) { questions(where: $w) { totalCount } }", {
        w: Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`hostile-marker-${i}`, i])),
      }),
    },
    {
      name: "a list of 20,000 in variables",
      body: json("query ($w: QuestionWhere) { questions(where: $w) { totalCount } }", {
        w: { difficulty: Array.from({ length: 5_000 }, () => "EASY") },
      }),
    },
    {
      name: "a string of 60,000 in variables",
      body: json("query ($s: String!) { question(slug: $s) { title } }", { s: "hostile-marker".repeat(4_000) }),
    },
    { name: "variables that are no object", body: json("{ nothing }", "text") },
    { name: "a query that is no text", body: '{"query":{"a":1}}' },
    { name: "a query of 60,000 characters", body: json(`{ __typename ${"#".repeat(60_000)}\n nothing }`) },
    { name: "20,000 quoted characters", body: json(`{ question(slug: "${"a".repeat(15_000)}") { title }`) },
    { name: "bad JSON", body: '{"query": "{ __typename }"' },
    { name: "JSON 30,000 deep", body: "[".repeat(30_000) },
    { name: "an empty body", body: "" },
    { name: "bytes that are no text", body: Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d]) },
    { name: "a body of 10 MB", body: json("x".repeat(10_000_000)) },
    { name: "an unknown content type", body: "<query/>", headers: { "content-type": "application/xml" } },
    { name: "a form", body: "query={__typename}", headers: { "content-type": "application/x-www-form-urlencoded" } },
    { name: "a multipart upload", body: "--x--", headers: { "content-type": "multipart/form-data; boundary=x" } },
    {
      name: "a __proto__ in variables",
      body: '{"query":"query ($w: QuestionWhere) { questions(where: $w) { totalCount } }","variables":{"w":{"__proto__":{"a":1},"constructor":1}}}',
    },
    { name: "another method", method: "PUT", body: json("{ __typename }") },
    { name: "another path", path: "/graphql/../etc/passwd%00", body: json("{ __typename }") },
    {
      name: "an operation that is not there",
      body: JSON.stringify({ query: "query A { __typename }", operationName: "hostile-marker" }),
    },
    { name: "a mutation that is not there", body: json("mutation { dropEverything }") },
    {
      name: "a persisted query that is not there",
      body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "a".repeat(64) } } }),
    },
  ];
}

/** Requests grown from pieces of real ones, the same for the same count. */
export function seededRequests(count: number): HostileRequest[] {
  const piece = fc.constantFrom(
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "!",
    "...",
    "@skip(if: true)",
    "$x",
    '"',
    '"""',
    "#",
    "\\u0000",
    "\ud800",
    "query",
    "fragment F on Question",
    "on",
    "...F",
    "questions",
    "nodes { title }",
    "edges { node { id } }",
    "(first: 5)",
    "(where: {difficulty: [HARD]})",
    'question(slug: "a")',
    "followUps { reason node { title } }",
    "__schema { types { name } }",
    "__typename",
    'node(id: "Question:a") { id }',
    "totalCount",
    "null",
    "1e999",
    "-0",
    "true",
    "hostile-marker",
    "\n",
    ",",
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(" ")),
    fc.string({ unit: "binary", maxLength: 300 }),
  );
  const variables = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 12 }));
  return fc
    .sample(fc.tuple(text, variables), { numRuns: count, seed: 20_261_124 })
    .map(([query, values], i) => ({ name: `seeded request ${i}`, body: json(query, values) }));
}
