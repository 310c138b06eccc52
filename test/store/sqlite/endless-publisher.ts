import type { Change } from "../../../src/domain/changes/change-set";
import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store";
import { aChangeSet } from "../../builders/changes";
import { aDraft } from "../../builders/drafts";
import { aLink } from "../../builders/links";
import { aConcept } from "../../builders/nodes";

/** Saves drafts of 20 linked concepts and publishes each, for ever, and prints each revision once it is acknowledged. */
async function main(path: string): Promise<void> {
  const store = await openSqliteStore({ path });
  await store.migrate();
  for (let next = (await store.reader().revision()) + 1; ; next++) {
    const slugs = Array.from({ length: 20 }, (_, index) => `of-${next}-number-${index}`);
    const changes: Change[] = [
      ...slugs.map((slug) => aConcept({ slug, explanation: "At length. ".repeat(200).trim() })),
      ...slugs.slice(1).map((slug) => aLink("PREREQUISITE_OF", `Concept:${slugs[0]}`, `Concept:${slug}`)),
    ];
    const id = `draft-${next}`;
    if (!(await store.drafts.draft(id))) await store.drafts.save(aDraft({ id, status: "APPROVED", changes }));
    const { revision } = await store.commit(aChangeSet([changes]), {
      idempotencyKey: id,
      actor: { kind: "person", name: "publisher" },
      publishes: { draft: id, version: 1 },
    });
    process.stdout.write(`${revision}\n`);
  }
}

void main(process.argv[2] as string);
