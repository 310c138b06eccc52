import { createMemoryStore } from "../../src/store/memory/memory-store";
import { asLines, exportedLines, faults, importLines } from "./records";

const concept = (slug: string, more: object = {}) => ({ kind: "Concept", slug, title: slug, summary: "One.", ...more });
const fine = JSON.stringify(concept("fine"));

/** What is wrong with lines after a sound one. Nothing of them is imported. */
async function faultsOf(lines: string | Uint8Array): Promise<string[]> {
  const store = createMemoryStore();
  const found = faults(await importLines(store, lines));
  expect(await store.reader().revision()).toBe(0);
  return found;
}

describe("records are refused", () => {
  it.each<[string, string, string]>([
    ["that are no JSON", "{kind: 'Concept'}", "2 json-record The line is not JSON, or is cut off."],
    ["that are cut off", fine.slice(0, 30), "2 json-record The line is not JSON, or is cut off."],
    [
      "that are no objects",
      "[1]",
      "2 json-record The line must be a JSON object with kind, slug and the node's fields.",
    ],
    [
      "of a kind that there is not",
      JSON.stringify({ ...concept("x"), kind: "Conzept" }),
      '2 json-record kind must be that of a node that stands alone, but got: "Conzept". Did you mean "Concept"?',
    ],
    [
      "of a kind that others own",
      JSON.stringify({ kind: "Criterion", slug: "q/c" }),
      '2 json-record kind must be that of a node that stands alone, but got: "Criterion". Kinds: ',
    ],
    [
      "without a slug",
      JSON.stringify({ kind: "Concept", title: "x" }),
      "2 json-record slug must be a kebab-case slug, but got: nothing.",
    ],
    [
      "with a slug that another has",
      JSON.stringify(concept("fine")),
      '2 slug-taken The slug "fine" belongs to the record in line 1.',
    ],
    [
      "with a former slug that is another's",
      JSON.stringify(concept("other", { formerSlugs: ["fine"] })),
      '2 slug-taken The slug "fine" belongs to the record in line 1.',
    ],
    [
      "that are nested too deeply",
      `{"kind":"Concept","slug":"x","title":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
      "2 json-record The record is nested more than 20 levels deep.",
    ],
  ])("%s", async (_, line, fault) => {
    const found = await faultsOf(`${fine}\n${line}\n`);
    expect(found).toHaveLength(1);
    expect(found[0]?.startsWith(fault)).toBe(true);
  });

  it("that are not UTF-8", async () => {
    expect(await faultsOf(Buffer.concat([Buffer.from(`${fine}\n`), Buffer.from([0x7b, 0xff, 0x7d])]))).toEqual([
      "2 json-record The line is not UTF-8 text.",
    ]);
  });

  it("that are larger than any record", async () => {
    const huge = Buffer.alloc(16_000_001, "x");
    expect(await faultsOf(Buffer.concat([huge, Buffer.from(`\n${fine}\n`)]))).toEqual([
      "1 json-record The line has 16000001 bytes; at most 16000000 are read.",
    ]);
  });

  it("for the faults of all their fields at once, each at its line", async () => {
    const lines = [
      concept("a", { titel: "A" }),
      concept("b", { title: 3 }),
      concept("c", { summary: null }),
      concept("d"),
    ];
    expect(await faultsOf(asLines(lines))).toEqual([
      '1 unknown-key A Concept has no "titel". Did you mean "title"?',
      '2 wrong-type title must be text, but is a number. Put it in quotes: "3".',
      "3 wrong-type summary must be text, but is nothing. Leave out the key of what is not known.",
    ]);
  });

  it("when they lead to what is neither among them nor in the store", async () => {
    const lines = [
      concept("a", { related: [{ concept: "gone", reason: "No." }] }),
      concept("b", { explanation: "See [it](tool:gone)." }),
      { kind: "Source", slug: "s", title: "S", publisher: "P", retrievedAt: "2026" },
      { kind: "Tool", slug: "t", title: "T", category: "CACHE", summary: "S [1](measurement:b/gone)." },
    ];
    expect(await faultsOf(asLines(lines))).toEqual([
      "1 target-not-found Concept:gone, which related of Concept:a leads to, does not exist.",
      "2 dangling-mention Tool:gone, which a text of Concept:b links to, does not exist.",
      "4 dangling-mention Measurement:b/gone, which a text of Tool:t links to, does not exist.",
    ]);
  });

  it("in circles, by the group, however large that is", async () => {
    const of = (i: number, ...others: number[]) =>
      concept(`c-${i}`, {
        prerequisites: [...new Set(others)].map((other) => ({
          concept: `c-${other}`,
          reason: `${other} before ${i}.`,
        })),
      });
    const knot = Array.from({ length: 500 }, (_, i) =>
      of(i, (i + 1) % 500, (i * 7 + 3) % 500 === i ? 0 : (i * 7 + 3) % 500),
    );
    const chain = Array.from({ length: 4_500 }, (_, i) => of(i + 500, i + 499));
    const ring = ["x", "y", "z"].map((slug, i, all) =>
      concept(slug, { prerequisites: [{ concept: all[(i + 1) % 3], reason: "Round." }] }),
    );
    const found = await faultsOf(asLines([...knot, ...ring, ...chain]));
    expect(found).toEqual([
      expect.stringMatching(
        /^1 cycle PREREQUISITE_OF must not lead back to its start, but does: Concept:c-0 → .+ All of these lead to one another: .+, 450 more\. Drop the link whose reason is weakest\.$/,
      ),
      "501 cycle PREREQUISITE_OF must not lead back to its start, but does: Concept:x → Concept:z → Concept:y → Concept:x. Drop the link whose reason is weakest.",
    ]);
  });
});

describe("records are read", () => {
  it("whatever blank lines, line ends and marks stand between them", async () => {
    const store = createMemoryStore();
    const lines = `\ufeff${fine}\r\n\r\n  \n${JSON.stringify(concept("last"))}`;
    expect(faults(await importLines(store, lines))).toEqual([]);
    expect((await exportedLines(store)).split("\n").map((line) => line.slice(0, 32))).toEqual([
      '{"kind":"Concept","slug":"fine",',
      '{"kind":"Concept","slug":"last",',
      "",
    ]);
  });

  it("up to the part that holds a fault, of which all that is wrong in the rest is told as well", async () => {
    const store = createMemoryStore();
    const lines = Array.from({ length: 6_000 }, (_, i) =>
      concept(`c-${i}`, i === 3_000 || i === 5_999 ? { titel: "x" } : {}),
    );
    const result = await importLines(store, asLines(lines));
    expect(faults(result).map((fault) => fault.split(" ")[0])).toEqual(["3001", "6000"]);
    expect(await store.reader().count({ kind: "Concept" })).toBe(2_000);
    const mended = asLines(lines.map(({ slug }) => concept(slug)));
    expect(faults(await importLines(store, mended))).toEqual([]);
    expect(await store.reader().count({ kind: "Concept" })).toBe(6_000);
  });
});

describe("a foreign bank of 4,000 questions with tags and similar ones, without answers", () => {
  const foreign = asLines([
    ...Array.from({ length: 40 }, (_, i) => concept(`tag-${i}`)),
    ...Array.from({ length: 4_000 }, (_, i) => ({
      kind: "Question",
      slug: `q-${String(i).padStart(4, "0")}`,
      title: `Question ${i}`,
      format: "TECHNICAL",
      difficulty: "MEDIUM",
      prompt: `What would you do in case ${i}?`,
      concepts: [{ concept: `tag-${i % 40}`, reason: `Tagged ${i}.`, emphasis: "ASSUMES" }],
      criteria: { right: { statement: "It is right.", weight: 3 } },
      ...(i < 3_999 ? { related: [{ question: `q-${String(i + 1).padStart(4, "0")}`, reason: `Similar ${i}.` }] } : {}),
    })),
  ]);

  it("is imported, and what is weak in it is told as warnings", async () => {
    const store = createMemoryStore();
    const { records, findings, warnings } = await importLines(store, foreign, { quality: "warn" });
    expect([records, findings]).toEqual([4_040, []]);
    expect(new Set(warnings?.map(({ rule, severity }) => `${severity} ${rule}`))).toEqual(
      new Set(["warning unmet-criterion"]),
    );
    expect(warnings).toHaveLength(4_000);
    expect(await store.reader().count({ kind: "Question" })).toBe(4_000);
  });

  it("is imported without a word where quality is off", async () => {
    const { findings, warnings } = await importLines(createMemoryStore(), foreign, { quality: "off" });
    expect([findings, warnings]).toEqual([[], []]);
  });
});

describe("errors of quality", () => {
  const lines = asLines([concept("a", { explanation: "It takes [5 ms](derived:2*2 ms)." })]);

  it("are warnings, or stop the import, as is asked for", async () => {
    const store = createMemoryStore();
    const stopped = await importLines(store, lines, { quality: "error" });
    expect([faults(stopped), await store.reader().revision()]).toEqual([
      ['1 figure-in-text The text says "5 ms", but 2*2 ms is 4 ms. Write 4 ms, or another unit of its quantity.'],
      0,
    ]);
    const { warnings, commits } = await importLines(store, lines, { quality: "warn" });
    expect([warnings?.map(({ rule, severity }) => [rule, severity]), commits]).toEqual([
      [["figure-in-text", "warning"]],
      1,
    ]);
  });
});
