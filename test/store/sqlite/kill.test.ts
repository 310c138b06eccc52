import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import type { GraphStore, ScanItem } from "../../../src/domain/graph/port";
import { withFile, withOpenStore } from "./store-file";

const rounds = 20;
const scripts = [join(__dirname, "run-typescript.cjs"), join(__dirname, "endless-writer.ts")];

/**
 * Lets a process write to the file, kills it after that many acknowledged commits and a few milliseconds more, in the
 * middle of whatever it is then doing, and gives the last revision that it acknowledged.
 */
async function writeUntilKilled(path: string, commits: number, milliseconds: number): Promise<number> {
  const writer = spawn(process.execPath, [...scripts, path], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(writer, "exit");
  let acknowledged = 0;
  let count = 0;
  for await (const line of createInterface(writer.stdout)) {
    acknowledged = Number(line);
    if (++count === commits) void wait(milliseconds).then(() => writer.kill("SIGKILL"));
  }
  const [, signal] = (await ended) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  return acknowledged;
}

async function itemsOf(store: GraphStore): Promise<Map<string, number>> {
  const items = new Map<string, number>();
  for await (const item of store.reader().scan()) items.set(nameOf(item), item.revision);
  return items;
}

const nameOf = (item: ScanItem): string => ("node" in item ? item.node.id : `${item.edge.from} ${item.edge.to}`);

it(
  `a process killed while it writes loses no acknowledged commit and leaves none half applied, in ${rounds} rounds`,
  () =>
    withFile(async (path) => {
      let before = 0;
      for (let round = 0; round < rounds; round++) {
        const acknowledged = await writeUntilKilled(path, 1 + ((round * 7) % 20), (round * 5) % 13);
        await withOpenStore({ path }, async (store) => {
          const head = await store.reader().revision();
          expect(head).toBeGreaterThanOrEqual(acknowledged);
          expect(acknowledged).toBeGreaterThan(before);
          const log = await store.commits({ after: 0, first: 10_000 });
          expect(log.map(({ revision }) => revision)).toEqual(Array.from({ length: head }, (_, index) => index + 1));
          const expected = log.flatMap(({ revision }): [string, number][] => {
            const [first, second] = [`Concept:first-${revision}`, `Concept:second-${revision}`];
            return [first, second, `${first} ${second}`].map((name) => [name, revision]);
          });
          expect(await itemsOf(store)).toEqual(new Map(expected));
          before = head;
        });
      }
    }),
  300_000,
);
