import type { Database } from "../../src/domain/database";
import { findDrift } from "../../src/domain/drift";
import { canonicalJson } from "../../src/domain/changes/hash";
import { scannedItems } from "../../src/domain/graph/port";

/** Everything in the graph that has nothing to do with the nodes under test, as text. */
export async function restOf(store: Database): Promise<readonly string[]> {
  const items: string[] = [];
  for await (const item of scannedItems(store.reader().scan())) {
    const text = canonicalJson("node" in item ? item.node : item.edge);
    const about = "node" in item ? item.node.id : `${item.edge.from} ${item.edge.to}`;
    if (!about.includes(":under-test")) items.push(text);
  }
  return items.sort();
}

/** Subjects that are not what the log says. */
export const drifted = async (store: Database): Promise<readonly string[]> =>
  (await findDrift(store)).items.map(({ subject }) => subject);
