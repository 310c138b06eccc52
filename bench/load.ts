import type { Change } from "../src/domain/changes/change-set";
import type { GraphStore } from "../src/domain/graph/port";
import { bank } from "./bank";

const batch = 2_000;

/** Fills an empty store with the bank of a size, through ordinary commits. Ends at once when it holds one already. */
export async function load(store: GraphStore, questions: number): Promise<void> {
  await store.migrate();
  if ((await store.reader().revision()) > 0) return;
  const started = performance.now();
  let pending: Change[] = [];
  let commits = 0;
  let items = 0;
  const flush = async () => {
    if (pending.length === 0) return;
    await store.commit(
      { title: `bench ${commits}`, changes: pending },
      { idempotencyKey: `bench-${questions}-${commits++}`, actor: { kind: "import", name: "bench" } },
    );
    items += pending.length;
    pending = [];
    process.stderr.write(
      `\r  ${items} items, ${Math.round((items / (performance.now() - started)) * 1_000)} a second `,
    );
    if (commits === 1 || commits % 40 === 0) await store.settle();
  };
  for (const group of bank(questions)) {
    if (pending.length + group.length > batch) await flush();
    pending.push(...group);
  }
  await flush();
  await store.settle();
  process.stderr.write("\n");
}
