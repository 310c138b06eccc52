import fc from "fast-check";
import type { Change, EdgeState, NodeState } from "../../src/domain/changes/change-set";
import { ownFormerSlugs } from "../../src/domain/changes/former-slugs";
import type { ChangeSetError } from "../../src/domain/errors";
import { edgeSubject } from "../../src/domain/graph/node";
import type { GraphStore } from "../../src/domain/graph/port";
import { nodeKinds } from "../../src/domain/ontology/node-kinds";
import type { Bank } from "../../src/domain/rules/bank-view";
import { lintBank } from "../../src/content/lint-bank";
import { readBank } from "../../src/content/read-bank";
import { writeBank } from "../../src/content/write-bank";
import { planImport } from "../../src/content/import/import-plan";
import { runImport } from "../../src/content/import/run-import";
import { readStored } from "../../src/content/import/stored-bank";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { aChangeSet, renaming } from "../builders/changes";
import { BankView } from "../contract/random/bank-view";
import { randomChanges, randomLinks, randomNodes } from "../contract/random/change-sets";
import { Draw } from "../contract/random/draw";
import { secondsSince, tell } from "../long/figures";
import { share } from "../long/scale";
import { richBank } from "../contract/rich-bank";
import { asFiles } from "./sample-bank";

const runs = { seed: 20261124, numRuns: share(1_000, 20) };
/** So many that most of them can be put in each other's place. */
const pruningRuns = { ...runs, numRuns: 50 };
const seeds = fc.noShrink(fc.nat());
const importing = {
  actor: { kind: "import", name: "test" },
  title: (index: number, count: number) => `Import ${index} of ${count}`,
} as const;

/** A store with a bank of every kind of thing, changed and renamed at random. */
async function randomStore(seed: number): Promise<GraphStore> {
  const store = createMemoryStore();
  const draw = new Draw(seed);
  const steps = [
    ...[randomNodes, randomNodes, randomNodes],
    ...[randomLinks, randomLinks, randomLinks, randomLinks],
    ...Array.from({ length: 8 }, () => randomChanges),
    ...Array.from({ length: 8 }, () => randomRename),
  ];
  for (const [index, step] of steps.entries()) {
    const changes = step(draw, await BankView.of(store.reader()));
    const options = { idempotencyKey: `${index}`, actor: importing.actor, skipDanglingMentions: true };
    await store.commit(aChangeSet(changes), options).catch(() => undefined);
  }
  return store;
}

/** Slugs of its own, so that it never takes one that another random bank may need. */
function randomRename(draw: Draw, bank: BankView): Change[] {
  const id = draw.maybeOf(bank.nodes);
  return id ? [renaming(id, `${id.slice(id.search(/[:/][^/]*$/) + 1)}-${draw.of(["x", "y"])}`)] : [];
}

/** What files can hold of a bank: links in lists by their place, slugs without those of former owners. */
function inFiles({ nodes, edges }: Bank): { readonly nodes: unknown[]; readonly edges: unknown[] } {
  const place = (edge: EdgeState): number =>
    edges.filter(
      (other) =>
        other.edge === edge.edge &&
        (edge.edge === "PART_OF" ? other.to === edge.to : other.from === edge.from) &&
        ((other.order as number) < (edge.order as number) ||
          (other.order === edge.order && edgeSubject(other) < edgeSubject(edge))),
    ).length;
  return {
    nodes: [...nodes.values()]
      .map((node) => ({ ...node, formerSlugs: ownFormerSlugs(node) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: edges
      .map((edge) => (edge.order === undefined ? edge : { ...edge, order: place(edge) }))
      .sort((a, b) => (edgeSubject(a) < edgeSubject(b) ? -1 : 1)),
  };
}

const textsOf = (bank: Bank): Record<string, string> =>
  Object.fromEntries(writeBank(bank).map(({ path, text }) => [path, text]));

describe("any bank", () => {
  const started = performance.now();
  afterAll(() => tell("Banks and their files", "in memory", { banks: runs.numRuns, seconds: secondsSince(started) }));

  it("is read from its files as it was written to them, and written again byte for byte", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const bank = await readStored((await randomStore(seed)).reader());
        const read = readBank(writeBank(bank));
        expect(read.findings).toEqual([]);
        expect(inFiles(read)).toEqual(inFiles(bank));
        expect(textsOf(read)).toEqual(textsOf(bank));
      }),
      runs,
    );
  });

  it("differs in nothing from its own files", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const store = await randomStore(seed);
        const { nodes, edges, removed, gone, kept } = await planImport(
          store,
          readBank(writeBank(await readStored(store.reader()))),
        );
        expect({ nodes, edges, removed, gone, kept }).toEqual({
          nodes: [],
          edges: [],
          removed: [],
          gone: [],
          kept: [],
        });
      }),
      runs,
    );
  });

  it("is the same in another store after an import of its files, in however small commits", async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 1, max: 40 }), async (seed, items) => {
        const texts = textsOf(await readStored((await randomStore(seed)).reader()));
        const other = createMemoryStore();
        const limits = { items, bytes: 1_000_000 };
        await runImport(other, await planImport(other, readBank(asFiles(texts))), { ...importing, limits });
        expect(textsOf(await readStored(other.reader()))).toEqual(texts);
        const again = await planImport(other, readBank(asFiles(texts)));
        expect([again.nodes, again.edges, again.unmentioned]).toEqual([[], [], []]);
      }),
      runs,
    );
  });

  it("takes the place of any other after an import of its files that prunes", async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(seeds, seeds, fc.integer({ min: 1, max: 60 }), async (seed, otherSeed, items) => {
        const texts = textsOf(await readStored((await randomStore(seed)).reader()));
        const other = await randomStore(otherSeed);
        const files = readBank(asFiles(texts));
        const plan = await planImport(other, files, { prune: true });
        const outcome = await runImport(other, plan, { ...importing, limits: { items, bytes: 1_000_000 } }).catch(
          (error: unknown) => error as ChangeSetError,
        );
        if (typeof outcome !== "number") {
          refused++;
          // Slugs that other nodes of that store had are taken for ever, and lint stops files with dangling inline links.
          const rules = new Set((await lintBank(files, { depth: "basic" })).map(({ rule }) => rule));
          const allowed = rules.has("dangling-mention") ? ["SLUG_TAKEN", "NODE_IN_USE"] : ["SLUG_TAKEN"];
          expect(outcome.findings.map(({ code }) => code).filter((code) => !allowed.includes(code))).toEqual([]);
          return;
        }
        expect(plan.kept).toEqual([]);
        const stored = await readStored(other.reader());
        expect([...stored.nodes.keys()].sort()).toEqual([...readBank(asFiles(texts)).nodes.keys()].sort());
        const again = await planImport(other, readBank(asFiles(texts)));
        expect([again.nodes, again.edges, again.removed, again.gone]).toEqual([[], [], [], []]);
      }),
      pruningRuns,
    );
    expect(refused).toBeLessThan(pruningRuns.numRuns / 2);
  });

  it("with every relation that there is survives the way through files", async () => {
    const store = createMemoryStore();
    await store.commit(aChangeSet(richBank), { idempotencyKey: "rich", actor: importing.actor });
    const bank = await readStored(store.reader());
    expect(inFiles(readBank(writeBank(bank)))).toEqual(inFiles(bank));
  });
});

/** Passages that mean something to Markdown or YAML, in any order. */
const passage = fc.constantFrom(
  "word",
  " ",
  "  ",
  "\n",
  "\n\n",
  "\t",
  "- ",
  "* ",
  "1. ",
  "# ",
  "## ",
  "#",
  "---",
  "===",
  "> ",
  "```",
  "~~~",
  "`",
  "<!--",
  "-->",
  "<div>",
  "<script>",
  "<pre>",
  "    ",
  "[a](concept:a)",
  "[x]: y",
  "\\",
  "&amp;",
  ":",
  ": ",
  " #",
  "'",
  '"',
  "|",
  "%",
  "@",
  "!",
  "&a",
  "*a",
  "{",
  "}",
  "[",
  "]",
  ",",
  "?",
  "null",
  "true",
  "1e3",
  "~",
  "é",
  "😀",
  "\u2028",
  "\u0085",
  "\ufeff",
  "\u00a0",
);
const text = fc.array(passage, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
const accepted = (kind: "Question" | "ModelAnswer" | "Concept", field: string) =>
  text.filter((value) => {
    const specs = nodeKinds[kind].fields as Readonly<
      Record<string, { schema: { safeParse(value: unknown): { success: boolean } } }>
    >;
    return specs[field]!.schema.safeParse(value).success;
  });
const hint = accepted("Question", "prompt").filter((value) => value.length <= 2_000);

describe("any text", () => {
  it("comes back from a question's sections or front matter, whatever Markdown it is", () => {
    fc.assert(
      fc.property(
        accepted("Question", "prompt"),
        fc.uniqueArray(hint, { minLength: 1, maxLength: 4 }),
        fc.array(accepted("ModelAnswer", "body"), { minLength: 1, maxLength: 3 }),
        fc.option(accepted("Concept", "explanation")),
        (prompt, hints, bodies, explanation) => {
          const bank = bankOf(prompt, hints, bodies, explanation ?? undefined);
          const files = writeBank(bank);
          const read = readBank(files);
          expect(read.findings).toEqual([]);
          expect(inFiles(read)).toEqual(inFiles(bank));
          expect(writeBank(read)).toEqual(files);
        },
      ),
      { seed: 20261124, numRuns: share(10_000, 200) },
    );
  });

  it("stands in the front matter where its section would swallow the ones after it", () => {
    const files = writeBank(bankOf("```\nnever closed", ["<!-- nor this"], ["Closed."], undefined));
    expect(files[1]?.text).toBe(`---
title: T
prompt: |-
  \`\`\`
  never closed
format: CODING
difficulty: EASY
answers:
  a0:
    level: FULL
    summary: S
---

# Hints

- <!-- nor this

# A0 answer

Closed.
`);
  });
});

function bankOf(prompt: string, hints: string[], bodies: string[], explanation: string | undefined): Bank {
  const node = (kind: NodeState["kind"], slug: string, fields: object, texts: object): NodeState =>
    ({ id: `${kind}:${slug}`, kind, slug, formerSlugs: [], fields, texts }) as unknown as NodeState;
  const nodes = [
    node("Concept", "c", { title: "T", summary: "S" }, explanation === undefined ? {} : { explanation }),
    node("Question", "q", { title: "T", format: "CODING", difficulty: "EASY", hints }, { prompt }),
    ...bodies.map((body, i) => node("ModelAnswer", `q/a${i}`, { level: "FULL", summary: "S" }, { body })),
  ];
  return {
    nodes: new Map(nodes.map((each) => [each.id, each])),
    edges: nodes
      .filter(({ kind }) => kind === "ModelAnswer")
      .map(({ id }) => ({ edge: "ANSWERED_BY", from: "Question:q", to: id, properties: {} }) as EdgeState),
  };
}
