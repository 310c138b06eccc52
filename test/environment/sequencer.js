const { readFileSync } = require("node:fs");
const path = require("node:path");
const TestSequencer = require("@jest/test-sequencer").default;

/** Seconds that long files take, for machines that have not run them yet. Others are taken for short. */
const longFiles = {
  "contract/neo4j.test.ts": 120,
  "strings/neo4j.test.ts": 90,
  "strings/sqlite.test.ts": 60,
  "store/neo4j/plans.test.ts": 60,
  "store/neo4j/killed-server.test.ts": 50,
  "contract/same-answers-neo4j.test.ts": 45,
  "http/outage.test.ts": 40,
  "long/lost-answers.test.ts": 40,
  "long/killed-publishing.test.ts": 40,
  "content/import.test.ts": 35,
  "store/neo4j/lost-answers.test.ts": 25,
  "cli/records.test.ts": 25,
  "contract/same-answers.test.ts": 20,
  "corpus/readers.test.ts": 20,
};
const shortSeconds = 4;

/**
 * Long files first, but those that share the one Neo4j of the run so that no two are begun at once: the second would keep
 * a worker waiting. How long a file takes is known from the last run on this machine, else it is estimated.
 */
class LongestFirst extends TestSequencer {
  sort(tests) {
    const jobs = super.sort([...tests]).map((test) => {
      const name = path.relative(path.join(test.context.config.rootDir, "test"), test.path).split(path.sep).join("/");
      const seconds = test.duration === undefined ? (longFiles[name] ?? shortSeconds) : test.duration / 1_000;
      return { test, seconds, shares: /\b(describeNeo4j|onBothStores)\b/.test(readFileSync(test.path, "utf8")) };
    });
    return inTurns(jobs, 2).map(({ test }) => test);
  }
}

/** The jobs in the order in which so many workers should begin them: the longest that can begin whenever one is free. */
function inTurns(jobs, workers) {
  const waiting = [...jobs].sort((a, b) => b.seconds - a.seconds);
  const order = [];
  const freeAt = Array.from({ length: workers }, () => 0);
  let sharedUntil = 0;
  while (waiting.length > 0) {
    const now = Math.min(...freeAt);
    const shares = now >= sharedUntil && waiting.some((job) => job.shares);
    const at = waiting.findIndex((job) => job.shares === shares);
    const [job] = waiting.splice(at < 0 ? 0 : at, 1);
    order.push(job);
    freeAt[freeAt.indexOf(now)] = now + job.seconds;
    if (job.shares) sharedUntil = Math.max(now, sharedUntil) + job.seconds;
  }
  return order;
}

module.exports = LongestFirst;
module.exports.inTurns = inTurns;
