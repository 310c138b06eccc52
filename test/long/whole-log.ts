import type { Commit } from "../../src/domain/changes/change-set";
import { driftLines, findDrift } from "../../src/domain/drift";
import type { Revision } from "../../src/domain/graph/node";
import type { GraphStore } from "../../src/domain/graph/port";
import { eventually } from "../neo4j/eventually";
import { wholeCommits } from "../builders/whole-commits";

const commitsAtOnce = 100;

/**
 * The commits after a revision. Fails unless each number from there to the head is there once and in order, and the graph
 * is what the log says.
 */
export async function soundLog(store: GraphStore, after: Revision): Promise<readonly Commit[]> {
  const log: Commit[] = [];
  for (;;) {
    const from = log.at(-1)?.revision ?? after;
    const page = await eventually(() => wholeCommits(store, { after: from, first: commitsAtOnce }));
    if (page.length === 0) break;
    log.push(...page);
  }
  const head = await store.reader().revision();
  const everyNumber = Array.from({ length: head - after }, (_, index) => after + 1 + index);
  expect(log.map(({ revision }) => revision)).toEqual(everyNumber);
  expect(driftLines(await eventually(() => findDrift(store)))).toEqual([]);
  return log;
}
