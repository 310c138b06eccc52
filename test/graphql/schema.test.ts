import {
  type DocumentNode,
  type GraphQLObjectType,
  Kind,
  parse,
  print,
  specifiedScalarTypes,
  validateSchema,
  visit,
} from "graphql";
import { nodeKindNames } from "../../src/domain/ontology/node-kinds";
import { buildSchema, schemaSdl } from "../../src/graphql/build-schema";

const document: DocumentNode = parse(schemaSdl());

/** What can be described: types, fields, arguments, input fields, enum values; by a name such as `Question.concepts`. */
function descriptions(): { name: string; own: string; description: string }[] {
  const found: { name: string; own: string; description: string }[] = [];
  visit(document, {
    enter: (node, _key, _parent, _path, ancestors) => {
      if (!("description" in node) && !/Definition$/.test(node.kind)) return;
      if (node.kind === Kind.SCHEMA_DEFINITION || !("name" in node) || !node.name) return;
      const owners = ancestors.flatMap((each) =>
        "kind" in each && "name" in each && each.name ? [each.name.value] : [],
      );
      const description = "description" in node ? (node.description?.value ?? "") : "";
      found.push({ name: [...owners, node.name.value].join("."), own: node.name.value, description });
    },
  });
  return found;
}

const words = (text: string): string[] =>
  text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .match(/[a-z0-9%]+/g) ?? [];

describe("the schema", () => {
  it("is valid", () => {
    expect(validateSchema(buildSchema())).toEqual([]);
  });

  it("is small: without descriptions under 4 kB and 16 types for each kind of node", () => {
    const bare = print(
      visit(document, {
        enter: (node) => ("description" in node && node.description ? { ...node, description: undefined } : undefined),
      }),
    );
    expect(bare).not.toContain('"""');
    expect(Buffer.byteLength(bare)).toBeLessThan(4_000 * nodeKindNames.length);
    expect(document.definitions.length).toBeLessThanOrEqual(16 * nodeKindNames.length);
  });

  it("describes every type, field, argument and enum value in 20 to 200 characters, as a sentence", () => {
    const all = descriptions();
    expect(all.length).toBeGreaterThan(700);
    const bad = all.filter(
      ({ description }) => description.length < 20 || description.length > 200 || !/^[A-Z].*\.$/s.test(description),
    );
    expect(bad).toEqual([]);
  });

  it("says more in a description than in the name", () => {
    const poor = descriptions().filter(({ own, description }) => {
      const said = new Set(words(own));
      return words(description).filter((word) => !said.has(word)).length < 3;
    });
    expect(poor).toEqual([]);
  });

  it("declares no scalar that nothing uses", () => {
    const used = new Set<string>(specifiedScalarTypes.map(({ name }) => name));
    visit(document, { NamedType: (node) => void used.add(node.name.value) });
    expect(
      document.definitions.filter((each) => each.kind === Kind.SCALAR_TYPE_DEFINITION && !used.has(each.name.value)),
    ).toEqual([]);
  });

  it.each<[string, string]>([
    ["Question.title", "String!"],
    ["Question.prompt", "String!"],
    ["Question.practicedCount", "Int"],
    ["Question.hints", "[String!]"],
    ["Question.criteria", "[Criterion!]!"],
    ["Question.followUps", "[QuestionFollowedByLink!]!"],
    ["Topic.parent", "Topic"],
    ["Benchmark.source", "Source!"],
    ["Benchmark.sourceLocator", "String"],
    ["QuestionFollowedByLink.node", "Question!"],
    ["QuestionFollowedByLink.criteria", "[Criterion!]"],
    ["Concept.questions", "QuestionAboutConnection!"],
    ["QuestionAboutConnection.edges", "[QuestionAboutEdge!]!"],
    ["QuestionAboutEdge.node", "Question!"],
    ["BenchmarkBecauseEdge.because", "[Because!]!"],
    ["Concept.mentionedBy", "NodeConnection!"],
    ["Query.question", "Question"],
    ["Query.node", "Node"],
    ["Query.nodes", "[Node]!"],
    ["Query.questions", "FacetedQuestionConnection!"],
  ])("promises a value where the ontology does: %s is %s", (field, type) => {
    const [owner, name] = field.split(".") as [string, string];
    expect(String((buildSchema().getType(owner) as GraphQLObjectType).getFields()[name]?.type)).toBe(type);
  });
});
