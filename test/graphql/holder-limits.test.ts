import { pino } from "pino";
import { queryCaches } from "../builders/query-caches";
import { anonymous, type Principal } from "../../src/domain/access/principal";
import { buildSchema } from "../../src/graphql/build-schema";
import { batchedLinks } from "../../src/graphql/batched-links";
import { createAuthoring } from "../../src/create-graph-source";
import { loadModel } from "../../src/store/memory/load-model";
import { commitLog } from "../../src/graphql/commit-log";
import { createContext } from "../../src/graphql/context";
import { anonymousLimits, holderLimits, limitsOf } from "../../src/graphql/limits/limits";
import { checkDocument } from "../../src/graphql/limits/document-limits";
import { createApolloServers } from "../../src/graphql/server";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { parse } from "graphql";
import { type Api, anApi } from "./api";
import { denseBank } from "./dense-bank";

const author: Principal = { id: "key:a", name: "Ada", role: "AUTHOR" };
const times = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");

const nested = (levels: number): string => (levels === 0 ? "{ slug }" : `{ parent ${nested(levels - 1)} }`);
const spread = (selections: number): string =>
  `{ concept(slug: "c-0") { ${times(9, () => "...f")} ${times(selections - 910, () => "slug")} } } fragment f on Concept { ${times(100, () => "slug")} }`;

const costing = (inner: number): string =>
  `{ questions(first: 100) { nodes { concepts { node { questions(first: ${inner}) { nodes { slug } } } } } } }`;

/** A document of so many tokens, all but 24 of them in a filter that is not asked for. */
const wordy = (tokens: number): string =>
  `{ __typename questions(where: { title: [${'"" '.repeat(tokens - 24)}] }) @include(if: false) { totalCount } }`;

/** For each limit that a credential widens: what it just allows, and what it does not. */
const widened: readonly (readonly [string, string, string])[] = [
  ["depth", `{ topic(slug: "topic-0") ${nested(13)} }`, `{ topic(slug: "topic-0") ${nested(14)} }`],
  ["root fields", `{ ${times(20, (i) => `a${i}: __typename`)} }`, `{ ${times(21, (i) => `a${i}: __typename`)} }`],
  ["recursive selections", spread(1_000), spread(1_001)],
  ["cost", costing(47), costing(48)],
  ["tokens", wordy(2_000), wordy(2_001)],
];

describe("the limits of a holder of a credential", () => {
  let api: Api;
  beforeAll(async () => {
    api = await anApi(denseBank(2), { principal: author });
  });

  it.each(["AUTHOR", "EDITOR", "ADMIN"] as const)("are those of %s", (role) => {
    expect(limitsOf({ ...author, role })).toBe(holderLimits);
    expect(limitsOf(anonymous)).toBe(anonymousLimits);
  });

  it("are nowhere narrower than those of anyone", () => {
    const { variables, ...others } = anonymousLimits;
    for (const [name, max] of Object.entries(others))
      expect((holderLimits as unknown as Record<string, number>)[name]).toBeGreaterThanOrEqual(max);
    for (const [name, max] of Object.entries(variables))
      expect((holderLimits.variables as Record<string, number>)[name]).toBeGreaterThanOrEqual(max);
  });

  it.each(widened)("hold %s, exactly", async (limit, allowed, refused) => {
    expect((await api.ask(allowed)).errors).toBeUndefined();
    const { errors, calls } = await api.ask(refused);
    expect(errors?.map((error) => error.extensions?.["code"])).toEqual([
      limit === "tokens" ? "GRAPHQL_PARSE_FAILED" : "OPERATION_TOO_COMPLEX",
    ]);
    expect(calls).toEqual([]);
  });

  it("hold mutations", () => {
    const messages = (text: string) => checkDocument(parse(text), holderLimits).map((error) => error.message);
    expect(messages("mutation { a b c d e }")).toEqual([]);
    expect(messages("mutation { a b c d e f }")).toEqual(["The document has too many mutations: 6 of at most 5."]);
  });

  it("let texts of 200,000 characters through in variables", async () => {
    const ask = (length: number) =>
      api.code("query ($slug: String!) { concept(slug: $slug) { id } }", { slug: "x".repeat(length) });
    expect([await ask(200_000), await ask(200_001)]).toEqual([undefined, "BAD_USER_INPUT"]);
  });
});

describe("a document that was let through for one who may ask more", () => {
  it.each(widened)("is refused to one who may not, and the other way round: %s", async (limit, allowed) => {
    const apollo = createApolloServers({
      schema: buildSchema(),
      logger: pino({ enabled: false }),
      caches: queryCaches(),
    });
    const store = createMemoryStore();
    const reader = store.reader();
    const codes = async (principal: Principal): Promise<unknown[]> => {
      const access = {
        links: batchedLinks(reader),
        snapshot: () => {
          throw new Error("No algorithm is asked for.");
        },
        log: commitLog(store),
      };
      const contextValue = createContext(access, {
        authoring: createAuthoring(store, () => loadModel(store)),
        principal,
        requestId: "request-1",
      });
      const { body } = await apollo.of(principal).executeOperation({ query: allowed }, { contextValue });
      return body.kind === "single"
        ? (body.singleResult.errors ?? []).map(({ extensions }) => extensions?.["code"])
        : [];
    };
    const refusal = [limit === "tokens" ? "GRAPHQL_PARSE_FAILED" : "OPERATION_TOO_COMPLEX"];
    expect(await codes(anonymous)).toEqual(refusal);
    expect(await codes(author)).toEqual([]);
    expect(await codes(author)).toEqual([]);
    expect(await codes(anonymous)).toEqual(refusal);
    expect(await codes(author)).toEqual([]);
  });
});
