import type { Draft } from "../../src/domain/drafts/draft-store";
import type { Database } from "../../src/domain/database";
import { commit } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { Draw } from "../contract/random/draw";
import type { RunningApp } from "../http/running-app";
import { BoltProxy } from "../neo4j/bolt-proxy";
import { eventually } from "../neo4j/eventually";
import { describeNeo4j } from "../neo4j/neo4j-for-tests";
import { CuttingProxy } from "./cutting-proxy";
import { type Editor, someEditors } from "./editor";
import { missing, secondsSince, tell } from "./figures";
import { withSqlite } from "./on-both-stores";
import { share } from "./scale";
import { soundLog } from "./whole-log";
import { withApps } from "./with-apps";

const editors = 20;
const mutationsOfRound = 5;
const onSqlite = share(10_000, 200);
/** Its commits cost more, and most of them have to be made twice here. */
const onNeo4j = share(10_000, 100);
const lostPercent = 30;

/** What was acknowledged of one round: a change set with one concept and one comment, and a word added to a text. */
interface Round {
  readonly editor: string;
  readonly name: string;
  readonly changeSet: string;
  readonly publishedAs: number;
  readonly editedAs: number;
}

const notebook = (editor: Editor): string => `notebook-of-${editor.name}`;

/** Mutations that would be seen to be done twice: each waits for its answer, and what is not answered is sent again. */
async function workOf(editor: Editor, rounds: number, seenAt: number): Promise<Round[]> {
  const call = async (name: string, key: string, args: string, declared: string, variables: object) => {
    const payload = await editor.mutate(`${name}(${args}, idempotencyKey: $key)`, `${declared}, $key: String!`, {
      ...variables,
      key: `${name} ${key}`,
    });
    expect(payload.userErrors).toEqual([]);
    return payload;
  };
  const done: Round[] = [];
  let lastSeen = seenAt;
  for (let number = 0; number < rounds; number++) {
    const name = `${editor.name}-${number}`;
    const opened = await call("openChangeSet", name, "title: $title", "$title: String!", { title: name });
    const changeSet = opened.changeSet?.id as string;
    const of = { args: "changeSet: $changeSet", declared: "$changeSet: ID!" };
    await call("commentOnChangeSet", name, `${of.args}, comment: $comment`, `${of.declared}, $comment: String!`, {
      changeSet,
      comment: `On ${name}`,
    });
    const input = { slug: name, title: name, summary: "New." };
    await call("saveConcept", name, `${of.args}, input: $input`, `${of.declared}, $input: ConceptInput!`, {
      changeSet,
      input,
    });
    const { revision: publishedAs } = await call("publishChangeSet", name, of.args, of.declared, { changeSet });
    // A mutation that is done a second time would find that what it saw is stale by its own first time.
    const { revision: editedAs } = await call(
      "saveConcept",
      `${name} in notebook`,
      "input: $input, expectedRevision: $lastSeen",
      "$input: ConceptInput!, $lastSeen: Int!",
      { input: { slug: notebook(editor), explanation: `Up to ${number}` }, lastSeen },
    );
    lastSeen = editedAs as number;
    done.push({ editor: editor.name, name, changeSet, publishedAs: publishedAs as number, editedAs: lastSeen });
  }
  return done;
}

async function allDrafts(store: Database): Promise<readonly Draft[]> {
  const found: Draft[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await eventually(() => store.drafts.drafts({ first: 200, ...(last && { after: last }) }));
    if (page.length === 0) return found;
    found.push(...page);
  }
}

/** Fails unless every acknowledged mutation was carried out once, and nothing else was. Gives the revisions of the log. */
async function expectEachOnce(store: Database, base: number, done: readonly Round[]): Promise<number[]> {
  const log = await soundLog(store, base);
  const expected = done.flatMap(({ editor, name, changeSet, publishedAs, editedAs }) => [
    { revision: publishedAs, by: editor, title: name, draft: changeSet },
    { revision: editedAs, by: editor, title: `Save Concept notebook-of-${editor}`, draft: undefined },
  ]);
  expect(log.map(({ revision, actor, title, draft }) => ({ revision, by: actor.name, title, draft }))).toEqual(
    expected.sort((a, b) => a.revision - b.revision),
  );
  const drafts = await allDrafts(store);
  const byName = (a: { readonly id: string }, b: { readonly id: string }) => (a.id < b.id ? -1 : 1);
  expect(
    drafts
      .map(({ id, title, status, publishedAs, version, changes, comments }) => ({
        ...{ id, title, status, publishedAs, version },
        changes: changes.length,
        comments: comments.map(({ text }) => text),
      }))
      .sort(byName),
  ).toEqual(
    done
      .map(({ name, changeSet, publishedAs }) => ({
        ...{ id: changeSet, title: name, status: "PUBLISHED", publishedAs, version: 4 },
        changes: 1,
        comments: [`On ${name}`],
      }))
      .sort(byName),
  );
  return log.map(({ revision }) => revision);
}

/** Lets editors write through a proxy that loses answers of the app; gives what came of it. */
async function throughCuts(mutations: number, app: RunningApp, store: Database) {
  const draw = new Draw(1);
  const rounds = mutations / (editors * mutationsOfRound);
  const proxy = await CuttingProxy.start(app.port, () => draw.chance(lostPercent));
  try {
    const people = await someEditors(editors, store, [proxy.url]);
    const notebooks = people.map((editor) => aConcept({ slug: notebook(editor) }));
    const { revision: base } = await commit(store, notebooks);
    const started = performance.now();
    const done = (await Promise.all(people.map((editor) => workOf(editor, rounds, base)))).flat();
    const seconds = secondsSince(started);
    const revisions = await expectEachOnce(store, base, done);
    const acknowledged = done.flatMap(({ publishedAs, editedAs }) => [publishedAs, editedAs]);
    // Nobody repeats an answer that came.
    expect(people.reduce((total, { lost }) => total + lost, 0)).toBe(proxy.lost);
    expect(proxy.lost).toBeGreaterThan(mutations * 0.3);
    const busy = people.reduce((total, { refused }) => total + refused, 0);
    return {
      mutations: done.length * mutationsOfRound,
      "answers to clients": proxy.answers,
      "of them lost": proxy.lost,
      "repeated because the store was busy": busy,
      commits: revisions.length,
      lost: missing(acknowledged, revisions),
      double: missing(revisions, acknowledged),
      seconds,
    };
  } finally {
    await proxy.stop();
  }
}

const name = (mutations: number) =>
  `${mutations} mutations, of whose answers ${lostPercent} % are lost, are each carried out once`;

describe("answers lost between client and server, on SQLite", () => {
  it(name(onSqlite), () =>
    withSqlite(async ({ open }) => {
      const store = await open();
      const figures = await withApps([store], ([app]) => throughCuts(onSqlite, app as RunningApp, store));
      tell("Lost answers", "SQLite", figures);
    }),
  );
});

describeNeo4j("answers lost between client and server, and of COMMITs between server and Neo4j", (neo4j) => {
  it(name(onNeo4j), async () => {
    const direct = await neo4j.emptyStore();
    const draw = new Draw(2);
    const proxy = await BoltProxy.start(Number(new URL(neo4j.address.uri).port));
    try {
      const figures = await withApps([neo4j.openStore({ uri: proxy.uri })], ([app]) => {
        proxy.loseAnswers(() => draw.chance(lostPercent));
        return throughCuts(onNeo4j, app as RunningApp, direct);
      });
      expect(proxy.lost).toBeGreaterThan(onNeo4j * 0.3);
      tell("Lost answers", "Neo4j", { ...figures, "answers of COMMIT lost": proxy.lost });
    } finally {
      await proxy.stop();
    }
  });
});
