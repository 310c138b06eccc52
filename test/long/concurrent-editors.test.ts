import type { Commit } from "../../src/domain/changes/change-set";
import { subjectOf } from "../../src/domain/changes/change-set";
import type { Database } from "../../src/domain/database";
import { commit } from "../builders/changes";
import { aConcept, aTopic } from "../builders/nodes";
import { Draw } from "../contract/random/draw";
import type { RunningApp } from "../http/running-app";
import { type Editor, someEditors } from "./editor";
import { missing, secondsSince, tell } from "./figures";
import { onBothStores, type WithDatabase } from "./on-both-stores";
import { share } from "./scale";
import { soundLog } from "./whole-log";
import { withApps } from "./with-apps";

const editors = share(100);
const mutationsOfEach = share(20, 10);

/** How many editors write into one concept: the more, the more often each has to read it again. */
const editorsOfConcept = 5;
const concepts = Array.from({ length: Math.ceil(editors / editorsOfConcept) }, (_, index) => `shared-${index}`);
const bank = [
  aTopic({ slug: "t" }),
  ...concepts.map((slug) => aConcept({ slug, summary: "0 edits", explanation: "Start" })),
];

/** A mutation that was acknowledged: who made it, as which revision, and what the commit must then say. */
interface Acknowledged {
  readonly revision: number;
  readonly editor: string;
  readonly says: string;
}

const readConcept = "query ($slug: String!) { revision concept(slug: $slug) { summary explanation } }";
interface Read {
  readonly revision: number;
  readonly concept: { readonly summary: string; readonly explanation: string };
}

/** What an editor does: all that it was told of, and how often somebody else had been faster. */
async function workOf(editor: Editor, draw: Draw): Promise<{ acknowledged: Acknowledged[]; stale: number }> {
  const acknowledged: Acknowledged[] = [];
  let stale = 0;
  const done = (revision: number | null, says: string) => {
    acknowledged.push({ revision: revision as number, editor: editor.name, says });
  };

  /** Adds a word to a text and one to a count, both as they were read: whoever overwrites them is found out. */
  async function append(slug: string, word: string): Promise<void> {
    for (;;) {
      const { revision, concept } = await editor.ask<Read>(readConcept, { slug });
      const summary = `${parseInt(concept.summary) + 1} edits`;
      const input = { slug, summary, explanation: `${concept.explanation} ${word}` };
      const { revision: made, userErrors } = await editor.mutate(
        "saveConcept(input: $input, expectedRevision: $revision, idempotencyKey: $key)",
        "$input: ConceptInput!, $revision: Int!, $key: String!",
        { input, revision, key: word },
      );
      if (userErrors.length === 0) return done(made, `Concept:${slug} ${word}`);
      expect(userErrors.map(({ code }) => code)).toEqual(["STALE_REVISION"]);
      stale += 1;
    }
  }

  async function ask(slug: string): Promise<void> {
    const input = { slug, title: slug, prompt: "Why?", format: "TECHNICAL", difficulty: "EASY" };
    const { revision, userErrors } = await editor.mutate(
      "saveQuestion(input: $input, idempotencyKey: $key)",
      "$input: QuestionInput!, $key: String!",
      { input, key: slug },
    );
    expect(userErrors).toEqual([]);
    done(revision, `Question:${slug}`);
  }

  /** Puts a question last in a list that everybody adds to. */
  async function cover(question: string): Promise<void> {
    const { revision, userErrors } = await editor.mutate(
      'link(edge: COVERS, from: "t", to: $question, idempotencyKey: $key)',
      "$question: ID!, $key: String!",
      { question, key: `cover ${question}` },
    );
    expect(userErrors).toEqual([]);
    done(revision, `COVERS Topic:t Question:${question}`);
  }

  let uncovered: string | undefined;
  for (let number = 0; number < mutationsOfEach; number++) {
    const name = `${editor.name}-${number}`;
    if (draw.chance(60)) await append(draw.of(concepts), name);
    else if (uncovered) {
      await cover(uncovered);
      uncovered = undefined;
    } else await ask((uncovered = name));
  }
  return { acknowledged, stale };
}

/** What a commit did, in the words of `Acknowledged.says`. */
const saidBy = ({ changes }: Commit): string =>
  changes
    .map((change) => {
      const explanation = "node" in change ? change.after?.texts["explanation"] : undefined;
      const subject = subjectOf(change);
      return typeof explanation === "string" ? `${subject} ${explanation.split(" ").at(-1)}` : subject;
    })
    .join();

/** Lends two servers over one database that holds the bank, each with a connection of its own, as two processes have. */
const withTwoApps = (
  withDatabase: WithDatabase,
  use: (stores: readonly [Database, Database], apps: readonly RunningApp[]) => Promise<void>,
): Promise<void> =>
  withDatabase(async (database) => {
    const stores = [await database.open(), await database.open()] as const;
    await commit(stores[0], bank);
    await withApps(stores, (apps) => use(stores, apps));
  });

const revisionsOf = (all: readonly { readonly revision: number }[]) => all.map(({ revision }) => revision);

onBothStores("many editors at once, over two servers", (store, withDatabase) => {
  it(`lose no edit and double none: ${editors} editors, ${mutationsOfEach} mutations each`, () =>
    withTwoApps(withDatabase, async (stores, apps) => {
      const base = await stores[0].reader().revision();
      const urls = apps.map(({ url }) => url);
      const people = await someEditors(editors, stores[0], urls);
      const started = performance.now();
      const work = await Promise.all(people.map((editor, index) => workOf(editor, new Draw(index))));
      const seconds = secondsSince(started);

      // Each revision is one acknowledged mutation of its editor, and each acknowledged mutation is one revision.
      const acknowledged = work.flatMap((each) => each.acknowledged).sort((a, b) => a.revision - b.revision);
      expect(acknowledged).toHaveLength(editors * mutationsOfEach);
      const log = await soundLog(stores[0], base);
      expect(log.map((each) => ({ revision: each.revision, editor: each.actor.name, says: saidBy(each) }))).toEqual(
        acknowledged,
      );

      // The graph is what the acknowledged mutations make of it, one after another.
      const said = acknowledged.map(({ says }) => says.split(" "));
      const covered = said.flatMap(([first, , question]) => (first === "COVERS" ? [question] : []));
      const questions = await stores[1].reader().neighbours({
        relation: "Topic.questions",
        of: ["Topic:t" as never],
        first: covered.length + 1,
      });
      expect([...questions.values()].flatMap(({ links }) => links.map(({ node }) => node.id))).toEqual(covered);
      for (const slug of concepts) {
        const words = said.flatMap(([subject, word]) => (subject === `Concept:${slug}` ? [word] : []));
        const concept = { summary: `${words.length} edits`, explanation: ["Start", ...words].join(" ") };
        const head = { "fulcrum-min-revision": String(log.at(-1)?.revision) };
        for (const editor of people.slice(0, 2))
          expect(await editor.ask<Read>(readConcept, { slug }, head)).toMatchObject({ concept });
      }

      const sum = (count: (index: number) => number) => people.reduce((total, _, index) => total + count(index), 0);
      tell("Editors at once", store, {
        editors,
        mutations: acknowledged.length,
        "refused as stale and done again": sum((index) => work[index]?.stale ?? 0),
        "repeated because the store was busy": sum((index) => people[index]?.refused ?? 0),
        commits: log.length,
        lost: missing(revisionsOf(acknowledged), revisionsOf(log)),
        double: missing(revisionsOf(log), revisionsOf(acknowledged)),
        seconds,
      });
    }));
});
