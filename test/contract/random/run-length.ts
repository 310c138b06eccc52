import { share } from "../../long/scale";

const { FULCRUM_TEST_SEED = "20261124", FULCRUM_TEST_PATH, FULCRUM_TEST_RUNS } = process.env;
const given = FULCRUM_TEST_RUNS === undefined ? undefined : Number(FULCRUM_TEST_RUNS);

/** What a failure prints can be given back as FULCRUM_TEST_SEED and FULCRUM_TEST_PATH. */
const place = {
  seed: Number(FULCRUM_TEST_SEED),
  ...(FULCRUM_TEST_PATH === undefined ? {} : { path: FULCRUM_TEST_PATH }),
};

/** How many stories are played where a story takes little. */
export const runs = { ...place, numRuns: given ?? share(1_000, 60) };

/** How many stories are played on a Neo4j, which has to plan many a question first. */
export const neo4jRuns = { ...place, numRuns: given ?? share(60, 5) };
