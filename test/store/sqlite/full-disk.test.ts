import { commit } from "../../builders/changes";
import { aConcept } from "../../builders/nodes";
import { withFile, withOpenStore } from "./store-file";
import { wholeCommits } from "../../builders/whole-commits";

const long = (slug: string) => aConcept({ slug, explanation: "All of it. ".repeat(1_500).trim() });

describe("a file that cannot grow", () => {
  it("refuses what does not fit, keeps all that was committed, and takes what fits", () =>
    withFile((path) =>
      withOpenStore({ path, maxBytes: 400_000 }, async (store) => {
        let count = 0;
        let refusal: unknown;
        while (refusal === undefined && count < 100) {
          await commit(store, [long(`c${count}`)]).then(
            () => count++,
            (error: unknown) => (refusal = error),
          );
        }
        expect(refusal).toMatchObject({
          code: "STORE_UNUSABLE",
          message: expect.stringContaining("full") as string,
        });
        expect(count).toBeGreaterThan(1);
        expect(await store.reader().revision()).toBe(count);
        expect(await store.reader().count({ kind: "Concept" })).toBe(count);
        expect(await wholeCommits(store, { after: 0, first: 200 })).toHaveLength(count);
        expect((await store.reader().idsBySlug("Concept", [`c${count}`])).size).toBe(0);
        expect(await commit(store, [])).toMatchObject({ revision: count, changes: 0 });
      }),
    ));
});
