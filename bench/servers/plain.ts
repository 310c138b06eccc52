// The plain build: what a team writes first. TypeGraphQL field resolvers, a DataLoader a relation, Apollo standalone,
// everything at its defaults: over the graph that Fulcrum keeps in Neo4j, or over the same model in memory.
import "reflect-metadata";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { memorySource } from "./plain-memory";
import { neo4jSource } from "./plain-neo4j";
import type { Context, Row } from "./plain-source";

@ObjectType()
class Named {
  @Field(() => ID) slug!: string;
  @Field(() => String) title!: string;
}
@ObjectType()
class Source {
  @Field(() => ID) slug!: string;
  @Field(() => String, { nullable: true }) url?: string;
}
@ObjectType()
class Benchmark extends Named {
  @Field(() => String, { nullable: true }) hardware?: string;
  @Field(() => String, { nullable: true }) date?: string;
}
@ObjectType()
class Measurement {
  @Field(() => Float) value!: number;
  @Field(() => String) unit!: string;
}
@ObjectType()
class Evidence {
  @Field(() => String) reason!: string;
  @Field(() => Boolean) supports!: boolean;
  @Field(() => Measurement) node!: Measurement;
}
@ObjectType()
class Assessment {
  @Field(() => Int, { nullable: true }) rating?: number;
  @Field(() => String) statement!: string;
}
@ObjectType()
class Option extends Named {}
@ObjectType()
class Answer {
  @Field(() => String) level!: string;
  @Field(() => String) summary!: string;
}
@ObjectType()
class Question extends Named {
  @Field(() => String) format!: string;
  @Field(() => String) difficulty!: string;
  @Field(() => Int, { nullable: true }) estimatedMinutes?: number;
}
@ObjectType()
class QuestionLink {
  @Field(() => String) reason!: string;
  @Field(() => String, { nullable: true }) when?: string;
  @Field(() => Question) node!: Question;
}
@ObjectType()
class ConceptLink {
  @Field(() => String) reason!: string;
  @Field(() => String) emphasis!: string;
  @Field(() => Named) node!: Named;
}
@ObjectType()
class NamedLink {
  @Field(() => String) reason!: string;
  @Field(() => Named) node!: Named;
}
@ObjectType()
class TradeOff extends Named {}

const links = (rows: Row[]) => rows.map((row) => ({ ...row.edge, node: row }));
const one = (rows: Row[]) => rows[0];

@Resolver(() => Measurement)
class MeasurementResolver {
  @FieldResolver(() => Named)
  async metric(@Root() root: Row, @Ctx() context: Context) {
    return one(await context.related("OF", "out").load(root._id));
  }
  @FieldResolver(() => Benchmark)
  async benchmark(@Root() root: Row, @Ctx() context: Context) {
    return one(await context.related("REPORTS", "in").load(root._id));
  }
}
@Resolver(() => Benchmark)
class BenchmarkResolver {
  @FieldResolver(() => Source)
  async source(@Root() root: Row, @Ctx() context: Context) {
    return one(await context.related("PUBLISHED_IN", "out").load(root._id));
  }
}
@Resolver(() => Assessment)
class AssessmentResolver {
  @FieldResolver(() => Named)
  async quality(@Root() root: Row, @Ctx() context: Context) {
    return one(await context.related("ON", "out").load(root._id));
  }
  @FieldResolver(() => [Evidence])
  async evidence(@Root() root: Row, @Ctx() context: Context) {
    return links(await context.related("EVIDENCED_BY", "out").load(root._id));
  }
}
@Resolver(() => Option)
class OptionResolver {
  @FieldResolver(() => [Assessment])
  assessments(@Root() root: Row, @Ctx() context: Context) {
    return context.related("ASSESSED_AS", "out").load(root._id);
  }
}
@Resolver(() => TradeOff)
class TradeOffResolver {
  @Query(() => TradeOff, { nullable: true })
  async tradeOff(@Arg("slug", () => String) slug: string, @Ctx() context: Context) {
    return one(await context.bySlug("TradeOff", slug));
  }
  @FieldResolver(() => [Option])
  options(@Root() root: Row, @Ctx() context: Context) {
    return context.related("OFFERS", "out", "order").load(root._id);
  }
  @FieldResolver(() => [QuestionLink])
  async questions(@Root() root: Row, @Ctx() context: Context) {
    return links(await context.related("WEIGHS", "in").load(root._id)).slice(0, 5);
  }
}
@Resolver(() => Question)
class QuestionResolver {
  @Query(() => Question, { nullable: true })
  async question(@Arg("slug", () => String) slug: string, @Ctx() context: Context) {
    return one(await context.bySlug("Question", slug));
  }
  @Query(() => [Question])
  questions(
    @Arg("first", () => Int) first: number,
    @Arg("skip", () => Int, { defaultValue: 0 }) skip: number,
    @Ctx() context: Context,
  ) {
    return context.byTitle("Question", skip, first);
  }
  @FieldResolver(() => [Answer])
  answers(@Root() root: Row, @Ctx() context: Context) {
    return context.related("ANSWERED_BY", "out").load(root._id);
  }
  @FieldResolver(() => [QuestionLink])
  async followUps(@Root() root: Row, @Ctx() context: Context) {
    return links(await context.related("FOLLOWED_BY", "out", "order").load(root._id));
  }
  @FieldResolver(() => [ConceptLink])
  async concepts(@Root() root: Row, @Ctx() context: Context) {
    return links(await context.related("ABOUT", "out").load(root._id));
  }
  @FieldResolver(() => [NamedLink])
  async tools(@Root() root: Row, @Ctx() context: Context) {
    return links(await context.related("USES", "out").load(root._id));
  }
  @FieldResolver(() => [NamedLink])
  async tradeOffs(@Root() root: Row, @Ctx() context: Context) {
    return links(await context.related("WEIGHS", "out").load(root._id));
  }
  @FieldResolver(() => [Named])
  roles(@Root() root: Row, @Ctx() context: Context) {
    return context.related("ASKED_OF", "out").load(root._id);
  }
}

async function main(): Promise<void> {
  const { BENCH_NEO4J, BENCH_SQLITE, PORT } = process.env;
  const createContext = BENCH_SQLITE ? await memorySource(BENCH_SQLITE) : neo4jSource(BENCH_NEO4J as string);
  const schema = await buildSchema({
    resolvers: [
      MeasurementResolver,
      BenchmarkResolver,
      AssessmentResolver,
      OptionResolver,
      TradeOffResolver,
      QuestionResolver,
    ],
  });
  const server = new ApolloServer<Context>({ schema });
  const { url } = await startStandaloneServer(server, {
    listen: { port: Number(PORT) },
    context: async () => createContext(),
  });
  process.stdout.write(`ready ${url}\n`);
}

void main();
