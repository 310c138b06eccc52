import type { GraphReader } from "../../domain/graph/port";
import { type NodeId, ownerIdOf } from "../../domain/ids";
import { runRules } from "../../domain/rules/run-rules";
import type { FileFinding } from "../file-finding";
import { byPlace } from "../lint-bank";
import { readRecords } from "./read-records";
import type { RecordIndex } from "./record-index";
import type { RecordSource } from "./record-source";

/** Rules look at a whole bank at once, so there is a limit to what is judged. */
const maxBytes = 50_000_000;

/**
 * What is weak in records, by the rules that hold in any bank; null where there is too much of it. Links to what the store
 * alone holds are not judged, and neither is what no store accepts.
 */
export async function judgeRecords(
  source: RecordSource,
  index: RecordIndex,
  reader: GraphReader,
  today: string,
): Promise<readonly FileFinding[] | null> {
  if (index.places.reduce((sum, { length }) => sum + length, 0) > maxBytes) return null;
  const bank = await readRecords(source, index, index.places, reader);
  const ends = [...bank.edges.flatMap(({ from, to }) => [from, to]), ...[...bank.mentions.values()].flat()];
  const unread = new Set<NodeId>(ends.filter((id) => !bank.nodes.has(id)).map(ownerIdOf));
  const findings = await runRules({ ...bank, unread }, "basic", { today });
  return findings
    .filter(({ structural }) => !structural)
    .map(({ node, path: _, ...finding }): FileFinding => ({
      ...finding,
      file: source.name,
      line: index.lineOf(node),
      column: 1,
    }))
    .sort(byPlace);
}
