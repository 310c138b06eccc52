import { openSqliteStore } from "../../../src/store/sqlite/sqlite-store";
import { aChangeSet } from "../../builders/changes";
import { aLargeDraft } from "../../long/published-drafts";

/** Saves drafts of 30 linked concepts and publishes each, for ever, and prints each revision once it is acknowledged. */
async function main(path: string): Promise<void> {
  const store = await openSqliteStore({ path });
  await store.migrate();
  for (let next = (await store.reader().revision()) + 1; ; next++) {
    const draft = aLargeDraft(next);
    if (!(await store.drafts.draft(draft.id))) await store.drafts.save(draft);
    const { revision } = await store.commit(aChangeSet([draft.changes]), {
      idempotencyKey: draft.id,
      actor: { kind: "person", name: "publisher" },
      publishes: { draft: draft.id, version: 1 },
    });
    process.stdout.write(`${revision}\n`);
  }
}

void main(process.argv[2] as string);
