import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import type { Draft } from "../../src/domain/drafts/draft-store";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, patch, renaming } from "../builders/changes";
import { aConcept, aQuestion } from "../builders/nodes";
import { post, runApp, type RunningApp } from "./running-app";

async function keyOf(store: Database, name: string, role: "AUTHOR" | "EDITOR"): Promise<string> {
  const { key, text } = newApiKey({ name, role, expiresAt: null }, new Date());
  await store.keys.add(key);
  return text;
}

describe.each(["memory", "store"])("views, with reads from %s", (read) => {
  let store: Database;
  let app: RunningApp;
  let [ada, bob, eve] = ["", "", ""];
  beforeEach(async () => {
    store = createMemoryStore();
    await commit(store, [aQuestion({ slug: "q", prompt: "Why?" }), aConcept({ slug: "a", title: "A" })]);
    await commit(store, [patch("Question:q", { prompt: "Why not?" }), renaming("Concept:a", "alpha")]);
    await commit(store, [aConcept({ slug: "c" }), patch("Concept:a", { title: "Alpha" })]);
    app = await runApp({ store, env: { FULCRUM_READ: read } });
    [ada, bob, eve] = [
      await keyOf(store, "ada", "AUTHOR"),
      await keyOf(store, "bob", "AUTHOR"),
      await keyOf(store, "eve", "EDITOR"),
    ];
  });
  afterEach(() => app.close());

  async function ask(query: string, key: string, view?: string) {
    const response = await post(
      app,
      { query },
      {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(view !== undefined && { "fulcrum-view": view }),
      },
    );
    const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
    return {
      status: response.status,
      cache: response.headers.get("cache-control"),
      data,
      code: errors?.[0]?.extensions.code,
    };
  }
  /** A change set of Ada's that holds the changes. */
  async function drafted(changes: Draft["changes"]): Promise<string> {
    const { data } = await ask('mutation { openChangeSet(title: "T") { changeSet { id } } }', ada);
    const { id } = (data as { openChangeSet: { changeSet: { id: string } } }).openChangeSet.changeSet;
    await store.drafts.save({ ...(await store.drafts.draft(id))!, version: 2, changes });
    return id;
  }
  const bank = `{ question(slug: "q") { prompt } concepts { totalCount nodes { slug title } } concept(slug: "alpha") { slug } commits(first: 9) { nodes { revision } } }`;

  it("of a revision answer every query as of then, the log included", async () => {
    expect(await ask(bank, ada, "revision=1")).toEqual({
      status: 200,
      cache: "no-store",
      code: undefined,
      data: {
        question: { prompt: "Why?" },
        concepts: { totalCount: 1, nodes: [{ slug: "a", title: "A" }] },
        concept: null,
        commits: { nodes: [{ revision: 1 }] },
      },
    });
    expect((await ask(bank, ada, "revision=2")).data).toMatchObject({
      question: { prompt: "Why not?" },
      concepts: { nodes: [{ slug: "alpha", title: "A" }] },
    });
    expect((await ask(bank, ada, "revision=3")).data).toEqual((await ask(bank, ada)).data);
    expect((await ask(bank, ada, "revision=0")).data).toMatchObject({ question: null, concepts: { totalCount: 0 } });
  });

  it("of a revision are refused for one to come, and to those without a valid key, and take no mutations", async () => {
    expect(await ask(bank, ada, "revision=4")).toMatchObject({ status: 404, code: "NOT_FOUND", cache: "no-store" });
    expect(await ask(bank, "", "revision=1")).toMatchObject({ status: 401, code: "UNAUTHENTICATED" });
    expect(
      await ask(
        bank,
        ada.replace(/.$/, (c) => (c === "0" ? "1" : "0")),
        "revision=1",
      ),
    ).toMatchObject({ status: 401 });
    const mutation = 'mutation { openChangeSet(title: "T") { changeSet { id } } }';
    expect((await ask(mutation, ada, "revision=1")).code).toBe("BAD_USER_INPUT");
  });

  it("of a change set show the graph with it, to its owner and to editors, and to nobody else", async () => {
    const id = await drafted([patch("Question:q", { prompt: "Drafted?" }), aConcept({ slug: "new", title: "New" })]);
    const view = `change-set=${id}`;
    for (const key of [ada, eve]) {
      expect((await ask(bank, key, view)).data).toMatchObject({
        question: { prompt: "Drafted?" },
        concepts: { totalCount: 3, nodes: [{ slug: "alpha" }, { slug: "c" }, { slug: "new", title: "New" }] },
      });
    }
    const others = await ask(bank, bob, view);
    expect(others).toMatchObject({ status: 404, code: "NOT_FOUND" });
    expect(await ask(bank, bob, "change-set=none")).toEqual({ ...others });
    expect(await ask(bank, "", view)).toEqual(await ask(bank, "", "change-set=none"));
    expect((await ask(bank, ada)).data).toMatchObject({
      question: { prompt: "Why not?" },
      concepts: { totalCount: 2 },
    });
  });

  it("are searched and recommended from as they are, not as the published graph is", async () => {
    const found = `{ search(text: "zebra", first: 5) { nodes: edges { node { ... on Concept { slug } } } } nextQuestions(first: 5) { node { slug } } }`;
    const id = await drafted([aConcept({ slug: "new", title: "Zebra" }), aQuestion({ slug: "drafted" })]);
    expect((await ask(found, ada, `change-set=${id}`)).data).toMatchObject({
      search: { nodes: [{ node: { slug: "new" } }] },
      nextQuestions: [{ node: { slug: "drafted" } }, { node: { slug: "q" } }],
    });
    const none = { search: { nodes: [] }, nextQuestions: [{ node: { slug: "q" } }] };
    expect((await ask(found, ada)).data).toEqual(none);
    expect((await ask(found, ada, "revision=1")).data).toEqual(none);
    await commit(store, [aConcept({ slug: "zebra", title: "Zebra" })]);
    await ask(found, ada, "revision=4");
    expect((await ask(found, ada, "revision=1")).data).toEqual(none);
  });

  it("let one look at what undoing a commit would make, before it is published", async () => {
    const { data } = await ask("mutation { revert(revision: 2) { changeSet { id title } userErrors { code } } }", ada);
    const { changeSet } = (data as { revert: { changeSet: { id: string; title: string } } }).revert;
    expect(changeSet.title).toBe("Revert 2: A change");
    expect((await ask(bank, ada, `change-set=${changeSet.id}`)).data).toMatchObject({
      question: { prompt: "Why?" },
      concepts: { nodes: [{ slug: "a", title: "Alpha" }, { slug: "c" }] },
    });
  });

  it("undo nothing where others have changed the same since, unless that is to be left", async () => {
    await commit(store, [patch("Question:q", { prompt: "Theirs?", title: "Theirs" })]);
    const revert = (args: string) =>
      `mutation { revert(revision: 2${args}) { changeSet { id } userErrors { code message path } } }`;
    expect((await ask(revert(""), ada)).data).toEqual({
      revert: {
        changeSet: null,
        userErrors: [
          {
            code: "STALE_REVISION",
            message: 'Question:q: prompt has been changed since: the commit left "Why not?", and now it is "Theirs?".',
            path: ["revision"],
          },
        ],
      },
    });
    expect((await ask(revert(", leaveConflicts: true"), ada)).data).toMatchObject({ revert: { userErrors: [] } });
    expect((await ask(revert(""), "")).code).toBe("UNAUTHENTICATED");
    expect((await ask("mutation { revert(revision: 99) { revision } }", ada)).code).toBe("NOT_FOUND");
  });

  it("go with the history of a node, newest first, page by page", async () => {
    const history = (args: string) =>
      `{ history(id: "Concept:a", ${args}) { nodes { revision } pageInfo { hasNextPage endCursor } } }`;
    expect((await ask(history("first: 2"), "")).data).toEqual({
      history: { nodes: [{ revision: 3 }, { revision: 2 }], pageInfo: { hasNextPage: true, endCursor: "2" } },
    });
    expect((await ask(history('first: 2, after: "2"'), "")).data).toMatchObject({
      history: { nodes: [{ revision: 1 }], pageInfo: { hasNextPage: false } },
    });
    expect((await ask(history("first: 9"), ada, "revision=2")).data).toMatchObject({
      history: { nodes: [{ revision: 2 }, { revision: 1 }] },
    });
  });
});
