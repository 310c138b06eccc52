import type { Database } from "../../../src/domain/database";
import { withFile, withOpenStore } from "./store-file";
import { untilKilled } from "./until-killed";
import { itemsOf } from "../../../src/domain/graph/scanned-items";

const rounds = Number(process.env["FULCRUM_TEST_KILLS"] ?? 3);

/** What the drafts and the log say of each other, and what there is of each published draft; all of it or nothing. */
async function expectWhole(store: Database): Promise<number> {
  const log = await store.commits({ after: 0, first: 10_000 });
  expect(log.map(({ revision, draft }) => [revision, draft])).toEqual(
    log.map((_, index) => [index + 1, `draft-${index + 1}`]),
  );
  const drafts = await store.drafts.drafts({ first: 10_000 });
  const published = drafts.filter(({ status }) => status === "PUBLISHED");
  expect(new Map(published.map(({ id, version, publishedAs }) => [id, [version, publishedAs]]))).toEqual(
    new Map(log.map(({ revision }) => [`draft-${revision}`, [2, revision]])),
  );
  // At most the one that was being published when the process was killed.
  expect(drafts.filter((draft) => !published.includes(draft)).map(({ id, version }) => [id, version])).toEqual(
    drafts.length === log.length ? [] : [[`draft-${log.length + 1}`, 1]],
  );
  const kinds: string[] = [];
  for await (const item of itemsOf(store.reader().scan())) kinds.push("node" in item ? item.node.kind : item.edge.edge);
  expect(kinds.filter((kind) => kind === "Concept")).toHaveLength(log.length * 20);
  expect(kinds.filter((kind) => kind === "PREREQUISITE_OF")).toHaveLength(log.length * 19);
  const found = await store.history(`Concept:of-${log.length}-number-1`, { first: 2 });
  expect(found.map(({ revision }) => revision)).toEqual([log.length]);
  return log.length;
}

it(
  `a process killed while it publishes leaves no draft half published, in ${rounds} rounds`,
  () =>
    withFile(async (path) => {
      let before = 0;
      for (let round = 0; round < rounds; round++) {
        const acknowledged = await untilKilled("endless-publisher.ts", path, 1 + ((round * 7) % 20), (round * 11) % 29);
        const head = await withOpenStore({ path }, expectWhole);
        expect(head).toBeGreaterThanOrEqual(acknowledged);
        expect(acknowledged).toBeGreaterThan(before);
        before = head;
      }
    }),
  300_000,
);
