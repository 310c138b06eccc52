import type { GraphStore, ScanItem } from "../../../src/domain/graph/port";
import { withFile, withOpenStore } from "./store-file";
import { untilKilled } from "./until-killed";
import { scannedItems } from "../../../src/domain/graph/port";
import { wholeCommits } from "../../builders/whole-commits";

const rounds = 20;

async function revisionsOf(store: GraphStore): Promise<Map<string, number>> {
  const items = new Map<string, number>();
  for await (const item of scannedItems(store.reader().scan())) items.set(nameOf(item), item.revision);
  return items;
}

const nameOf = (item: ScanItem): string => ("node" in item ? item.node.id : `${item.edge.from} ${item.edge.to}`);

it(`a process killed while it writes loses no acknowledged commit and leaves none half applied, in ${rounds} rounds`, () =>
  withFile(async (path) => {
    let before = 0;
    for (let round = 0; round < rounds; round++) {
      const acknowledged = await untilKilled("endless-writer.ts", path, 1 + ((round * 7) % 20), (round * 5) % 13);
      await withOpenStore({ path }, async (store) => {
        const head = await store.reader().revision();
        expect(head).toBeGreaterThanOrEqual(acknowledged);
        expect(acknowledged).toBeGreaterThan(before);
        const log = await wholeCommits(store, { after: 0, first: 10_000 });
        expect(log.map(({ revision }) => revision)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
        const expected = log.flatMap(({ revision }): [string, number][] => {
          const [first, second] = [`Concept:first-${revision}`, `Concept:second-${revision}`];
          return [first, second, `${first} ${second}`].map((name) => [name, revision]);
        });
        expect(await revisionsOf(store)).toEqual(new Map(expected));
        before = head;
      });
    }
  }));
