// One subject at a time, which scripts/mutation.js names: see docs/mutation.md.
import subjects from "./scripts/mutation-subjects.js";

const name = process.env.FULCRUM_MUTATION ?? "cursors";
const subject = subjects[name];

export default {
  packageManager: "npm",
  testRunner: "jest",
  plugins: ["@stryker-mutator/jest-runner"],
  coverageAnalysis: "perTest",
  // What is computed when a file is loaded takes all of the tests for each mutant: constants, which these are about.
  ignoreStatic: true,
  mutate: subject.mutate,
  jest: {
    configFile: "jest.config.js",
    enableFindRelatedTests: false,
    config: {
      // Stryker wraps the environment, for which it must be plain JavaScript.
      testEnvironment: "jest-environment-node",
      testMatch: subject.tests.map((each) => `<rootDir>/test/${each}`),
      maxWorkers: 1,
    },
  },
  concurrency: 2,
  // A busy machine is not to be taken for a test that hangs.
  timeoutMS: 120_000,
  disableTypeChecks: false,
  ignorePatterns: ["dist", "bench", "labs", ".cache"],
  tempDirName: ".cache/stryker",
  incremental: true,
  incrementalFile: `.cache/mutation/${name}.incremental.json`,
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: `.cache/mutation/${name}.json` },
  allowConsoleColors: false,
};
