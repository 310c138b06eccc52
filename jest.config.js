// ESM-only packages: Jest's module system cannot require them, so they are transformed like our own code.
const esmOnly = [
  "mdast-util-.*",
  "micromark.*",
  "unist-util-.*",
  "decode-named-character-reference",
  "character-entities.*",
  "devlop",
  "graphql-http",
  "jose",
  "stemmer",
  // It loads http by import(), which Jest has no other way to serve.
  "@opentelemetry/otlp-exporter-base",
];

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "<rootDir>/test/environment/strict-environment.ts",
  waitForUnhandledRejections: true,
  testSequencer: "<rootDir>/test/environment/sequencer.js",
  globalSetup: "<rootDir>/test/neo4j/global-setup.ts",
  globalTeardown: "<rootDir>/test/neo4j/global-teardown.ts",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.m?[jt]sx?$": "@swc/jest" },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join("|")})/)`],
  // What src/ loads on demand it names by the compiled file, as Node asks of import().
  moduleNameMapper: { "^(\\./telemetry/.*)\\.js$": "$1" },
  // Ends a test that hangs, never one that is slow: no test has a time of its own.
  testTimeout: process.env.FULCRUM_TEST_LONG === undefined ? 600_000 : 3_600_000,
  maxWorkers: 2,
};
