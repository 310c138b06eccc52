import type { Change } from "../../../src/domain/changes/change-set";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store";
import { aChangeSet } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept } from "../../builders/nodes";

/** Commits to the file for ever, two linked concepts at a time, and prints each revision once it is acknowledged. */
async function main(path: string): Promise<void> {
  const store = await openSqliteStore({ path });
  await store.migrate();
  for (let next = (await store.reader().revision()) + 1; ; next++) {
    const changes: Change[] = [
      aConcept({ slug: `first-${next}`, explanation: "At length. ".repeat(200).trim() }),
      aConcept({ slug: `second-${next}` }),
      aLink("PREREQUISITE_OF", `Concept:first-${next}`, `Concept:second-${next}`),
    ];
    const options = { idempotencyKey: `commit-${next}`, actor: { kind: "import", name: "writer" } } as const;
    const { revision } = await store.commit(aChangeSet([changes]), options);
    process.stdout.write(`${revision}\n`);
  }
}

void main(process.argv[2] as string);
