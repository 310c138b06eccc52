import { describeChanges } from "../../src/content/import/describe-plan";
import { planImport } from "../../src/content/import/import-plan";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { readTexts } from "./sample-bank";

describe("what an import would do", () => {
  it("shows of long texts where they begin to differ", async () => {
    const store = createMemoryStore();
    const start = "All of this stays as it is, and it is longer than a line of a terminal is wide.";
    await commit(store, [aConcept({ slug: "c", title: "C", summary: "S", explanation: `${start} Then comes this.` })]);
    const files = readTexts({ "concepts/c.yaml": `title: C\nsummary: S\nexplanation: ${start} Then comes that.\n` });
    expect(describeChanges(await planImport(store, files, { overwrite: true }))).toBe(`~ Concept:c
    explanation: … wide. Then comes this." → … wide. Then comes that."
`);
  });
});
