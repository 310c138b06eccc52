import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "../../src/domain/changes/change-set";
import type { Database } from "../../src/domain/database";
import type { Draft } from "../../src/domain/drafts/draft-store";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { aChangeSet, patch } from "../builders/changes";
import { BankView } from "../contract/random/bank-view";
import { randomChanges, randomLinks, randomNodes } from "../contract/random/change-sets";
import { Draw } from "../contract/random/draw";
import { secondsSince, tell } from "../long/figures";
import { share } from "../long/scale";
import { post, runApp, type RunningApp } from "./running-app";
import { listen, socketClient } from "./socket-client";

const pairs = share(500, 15);
const folder = join(__dirname, "..", "operations");

/** Every example, and what tells of counts, cursors, facets, look-ups, the log and errors. */
const corpus: readonly object[] = [
  ...readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => ({ query: readFileSync(join(folder, file), "utf8") })),
  ...["questions", "concepts", "tools", "tradeOffs", "benchmarks", "sources", "topics"].map((list) => ({
    query: `{ ${list}(first: 2) { totalCount edges { cursor node { id slug title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  })),
  { query: "{ questions { facets(by: DIFFICULTY) { value count } } tools { facets(by: CATEGORY) { value count } } }" },
  { query: "{ commits(first: 50) { nodes { revision title nodeCount nodes { id kind changeType } } } revision }" },
  ...["a", "b", "zz", "drafted"].map((slug) => ({
    query: `{ question(slug: "${slug}") { id prompt } concept(slug: "${slug}") { id } node(id: "Tool:${slug}") { id slug } history(id: "Question:${slug}") { nodes { revision } } }`,
  })),
  { query: '{ concepts(after: "x") { totalCount } }' },
  { query: "{ question(slug: 1) { id } }" },
  { query: "{ changeSets { nodes { id } } }" },
  { query: '{ changeSet(id: "draft-0") { title } }' },
  { query: 'mutation { publishChangeSet(changeSet: "draft-0") { revision } }' },
];

async function aBank(seed: number): Promise<{ store: Database; changes: readonly Change[] }> {
  const store = createMemoryStore();
  const draw = new Draw(seed);
  const view = () => BankView.of(store.reader());
  for (const step of [randomNodes, randomLinks]) {
    const changeSet = aChangeSet(step(draw, await view()));
    const options = {
      idempotencyKey: step.name,
      actor: { kind: "import", name: "seed" },
      skipDanglingMentions: true,
    } as const;
    // A random change set may be at fault; then the bank goes without it.
    await store.commit(changeSet, options).catch(() => undefined);
  }
  const bank = await view();
  const some = bank
    .of(["Question", "Concept"])
    .slice(0, 3)
    .map((id) => patch(id, { title: "drafted" }));
  return { store, changes: [...some, ...randomChanges(draw, bank)] };
}

const aDraft = (changes: readonly Change[], index: number): Draft => ({
  id: `draft-${index}`,
  title: "drafted",
  author: "key:somebody",
  authorName: "Somebody",
  status: (["OPEN", "SUBMITTED", "APPROVED"] as const)[index % 3]!,
  version: 1,
  createdAt: "2026-11-28T00:00:00.000Z",
  updatedAt: "2026-11-28T00:00:00.000Z",
  changes,
  base: {},
  comments: [],
  publishedAs: null,
});

/** All that somebody without a key can learn: status, headers that are not of the moment, and body, byte for byte. */
async function learned(app: RunningApp): Promise<string[]> {
  const answers: string[] = [];
  for (const body of corpus) {
    for (const view of [undefined, "change-set=draft-0"]) {
      const response = await post(app, body, view ? { "fulcrum-view": view } : {});
      const headers = [...response.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
      answers.push(JSON.stringify([response.status, headers, await response.text()]));
    }
  }
  return answers;
}

describe("somebody without a key", () => {
  it(`learns nothing of drafts: every answer is the same, byte for byte, whether one is there or not, over ${pairs} pairs`, async () => {
    const started = performance.now();
    let [answers, differing, answersWithData] = [0, 0, 0];
    for (let pair = 0; pair < pairs; pair++) {
      const { store, changes } = await aBank(pair);
      const app = await runApp({ store });
      const without = await learned(app);
      for (let index = 0; index < 3; index++) await store.drafts.save(aDraft(changes, index));
      const withDrafts = await learned(app);
      expect(withDrafts).toEqual(without);
      differing += withDrafts.filter((answer, index) => answer !== without[index]).length;
      answers += without.length;
      answersWithData += without.filter((answer) => answer.includes('\\"data\\":{')).length;
      await app.close();
    }
    expect(answersWithData).toBeGreaterThan(pairs * 10);
    tell("Draft leaks", "memory", {
      "pairs of banks with and without drafts": pairs,
      "answers compared": answers,
      "that differ": differing,
      seconds: secondsSince(started),
    });
  });

  it("is told of no draft by a subscription", async () => {
    const { store, changes } = await aBank(1);
    const app = await runApp({ store });
    const client = socketClient(app);
    const head = await store.reader().revision();
    const events = listen<{ bankChanged: { revision: number } }>(
      client,
      "subscription ($after: Int) { bankChanged(after: $after) { revision } }",
      { after: head },
    );
    const next = events.next();
    await store.drafts.save(aDraft(changes, 0));
    await store.commit(aChangeSet([patch("Concept:published", { title: "P", summary: "Published." })]), {
      idempotencyKey: "p",
      actor: { kind: "person", name: "ada" },
    });
    expect((await next).bankChanged.revision).toBe(head + 1);
    await events.stop();
    await client.dispose();
    await app.close();
  });
});
