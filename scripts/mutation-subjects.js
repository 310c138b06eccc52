/**
 * What is mutated together, and the tests that have to notice: in one process each, without Neo4j. `survivors` says why
 * some that survive do no harm, by file and symbol.
 */
module.exports = {
  cursors: {
    mutate: ["src/domain/graph/cursor.ts", "src/domain/graph/order.ts"],
    tests: ["domain/graph/cursor.test.ts", "domain/graph/order.test.ts"],
  },
  access: {
    mutate: ["src/access/**/*.ts", "src/domain/access/**/*.ts"],
    tests: ["access/*.test.ts", "domain/access/*.test.ts"],
  },
  limits: {
    mutate: ["src/graphql/limits/**/*.ts"],
    tests: ["graphql/limits*.test.ts", "graphql/limits/*.test.ts", "graphql/holder-limits.test.ts"],
  },
  policy: {
    mutate: ["src/graphql/policy.ts", "src/graphql/enforce-policy.ts"],
    tests: ["graphql/policy.test.ts"],
  },
  drafts: {
    mutate: ["src/domain/drafts/**/*.ts"],
    tests: ["domain/drafts/*.test.ts", "graphql/mutations/*.test.ts"],
  },
  idempotency: {
    mutate: ["src/domain/changes/input-hash.ts", "src/domain/changes/hash.ts", "src/store/sqlite/idempotency.ts"],
    tests: ["store/sqlite/idempotency.test.ts", "contract/sqlite.test.ts"],
  },
  http: {
    mutate: ["src/http/**/*.ts"],
    tests: ["http/!(outage|draft-leaks|ide|audits).test.ts"],
  },
};
