// The peer: @neo4j/graphql over the graph that Fulcrum keeps in Neo4j, served by Apollo standalone with its defaults.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j, { type Driver } from "neo4j-driver";

const typeDefs = `#graphql
  type Question @node {
    slug: String! title: String! prompt: String! format: String! difficulty: String! estimatedMinutes: Int
    topics: [Topic!]! @relationship(type: "COVERS", direction: IN)
    roles: [Role!]! @relationship(type: "ASKED_OF", direction: OUT)
    concepts: [Concept!]! @relationship(type: "ABOUT", direction: OUT, properties: "About")
    tools: [Tool!]! @relationship(type: "USES", direction: OUT, properties: "Reasoned")
    tradeOffs: [TradeOff!]! @relationship(type: "WEIGHS", direction: OUT, properties: "Reasoned")
    answers: [ModelAnswer!]! @relationship(type: "ANSWERED_BY", direction: OUT)
    followUps: [Question!]! @relationship(type: "FOLLOWED_BY", direction: OUT, properties: "FollowedBy")
  }
  type About @relationshipProperties { reason: String! emphasis: String! }
  type Reasoned @relationshipProperties { reason: String! }
  type FollowedBy @relationshipProperties { reason: String! when: String! order: Int! }
  type Evidence @relationshipProperties { reason: String! supports: Boolean! }
  type Ordered @relationshipProperties { order: Int! }
  type Topic @node { slug: String! title: String! questions: [Question!]! @relationship(type: "COVERS", direction: OUT) }
  type Role @node { slug: String! title: String! questions: [Question!]! @relationship(type: "ASKED_OF", direction: IN) }
  type Concept @node { slug: String! title: String! summary: String! }
  type Tool @node { slug: String! title: String! category: String! }
  type ModelAnswer @node { slug: String! level: String! summary: String! }
  type TradeOff @node {
    slug: String! title: String!
    options: [Option!]! @relationship(type: "OFFERS", direction: OUT, properties: "Ordered")
    questions: [Question!]! @relationship(type: "WEIGHS", direction: IN, properties: "Reasoned")
  }
  type Option @node { slug: String! title: String! assessments: [Assessment!]! @relationship(type: "ASSESSED_AS", direction: OUT) }
  type Assessment @node {
    slug: String! rating: Int statement: String!
    quality: [Quality!]! @relationship(type: "ON", direction: OUT)
    evidence: [Measurement!]! @relationship(type: "EVIDENCED_BY", direction: OUT, properties: "Evidence")
  }
  type Quality @node { slug: String! title: String! }
  type Measurement @node {
    slug: String! value: Float! unit: String!
    metric: [Metric!]! @relationship(type: "OF", direction: OUT)
    benchmark: [Benchmark!]! @relationship(type: "REPORTS", direction: IN)
  }
  type Metric @node { slug: String! title: String! }
  type Benchmark @node { slug: String! title: String! hardware: String date: String source: [Source!]! @relationship(type: "PUBLISHED_IN", direction: OUT) }
  type Source @node { slug: String! url: String }
`;

/** What whoever serves such queries would add: Fulcrum's own indexes are of other properties. The plain build has them too. */
async function addIndexes(driver: Driver): Promise<void> {
  for (const [label, property] of [
    ["Question", "slug"],
    ["Question", "title"],
    ["TradeOff", "slug"],
    ["Role", "slug"],
  ]) {
    await driver.executeQuery(`CREATE INDEX IF NOT EXISTS FOR (n:${label}) ON (n.${property})`);
  }
  await driver.executeQuery("CALL db.awaitIndexes(600)");
}

async function main(): Promise<void> {
  const driver = neo4j.driver(process.env["BENCH_NEO4J"] as string);
  await addIndexes(driver);
  const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
  const server = new ApolloServer({ schema });
  const { url } = await startStandaloneServer(server, { listen: { port: Number(process.env["PORT"]) } });
  process.stdout.write(`ready ${url}\n`);
}

void main();
