const {
  CI,
  FULCRUM_TEST_SEED = "20261124",
  FULCRUM_TEST_PATH,
  FULCRUM_TEST_RUNS,
  FULCRUM_TEST_NEO4J_SECONDS,
} = process.env;

/** What a failure prints can be given back as FULCRUM_TEST_SEED and FULCRUM_TEST_PATH. */
const place = {
  seed: Number(FULCRUM_TEST_SEED),
  ...(FULCRUM_TEST_PATH === undefined ? {} : { path: FULCRUM_TEST_PATH }),
};

/** How many stories are told where a story takes little: 300 in CI. */
export const runs = { ...place, numRuns: Number(FULCRUM_TEST_RUNS ?? (CI ? 300 : 100)) };

/** For how long stories are told to a Neo4j, which has to plan many a question first: three minutes in CI. */
export const neo4jSeconds = Number(FULCRUM_TEST_NEO4J_SECONDS ?? (CI ? 180 : 60));

/** More than fit into the time. */
export const runsInTime = { ...place, numRuns: 2_000 };
