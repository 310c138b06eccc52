import type { Database } from "../../src/domain/database";
import { backUp } from "../../src/store/restore";
import { restore } from "../../src/store/restore";
import { SqliteConnection } from "../../src/store/sqlite/connection";
import { commit, patch } from "../builders/changes";
import { aConcept } from "../builders/nodes";
import { type RunningApp, runApp } from "../http/running-app";
import { startServer } from "../http/server-process";
import { listen, socketClient } from "../http/socket-client";
import { withFile, withOpenStore } from "../store/sqlite/store-file";
import { expectSound } from "./whole-content";

const addressOf = (file: string) => ({ url: `sqlite:${file}`, user: "", password: "", database: "" });
const nothing = () => undefined;

/** Gives a concept a title that says which history it is of, at revision 3, and makes one more commit. */
async function goOn(store: Database, history: string): Promise<void> {
  await commit(store, [patch("Concept:a", { title: `Quorum ${history}` })]);
  await commit(store, [patch("Concept:b", { title: `Quorum beside ${history}` })]);
}

/** Lends a file at revision 4 and the backup of it that was made at revision 2, when its history was not yet the old one. */
const withBackup = (use: (file: string, backup: string) => Promise<void>): Promise<void> =>
  withFile(async (file) => {
    await withOpenStore({ path: file }, async (store) => {
      await commit(store, [aConcept({ slug: "a", title: "Quorum" }), aConcept({ slug: "b", title: "Quorum beside" })]);
      await commit(store, [patch("Concept:a", { title: "Quorum of all" })]);
      await backUp(addressOf(file), `${file}.backup`, nothing);
      await goOn(store, "before");
    });
    await use(file, `${file}.backup`);
  });

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

const titles = "{ revision concepts { nodes { title } } }";
const search = 'query ($after: String) { search(text: "quorum", first: 1, after: $after) { pageInfo { endCursor } } }';
const commits =
  "query ($after: String) { commits(first: 3, after: $after) { nodes { revision hash } pageInfo { endCursor } } }";

/** A client of a server, that asks by GET. */
function clientOf({ url }: { readonly url: string }) {
  const get = (query: string, headers: Record<string, string> = {}, variables: object = {}) =>
    fetch(`${url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) }).toString()}`, {
      headers: { "apollo-require-preflight": "1", ...headers },
    });
  const ask = async (query: string, variables: object = {}) =>
    (await (await get(query, {}, variables)).json()) as Answer;
  return { get, ask };
}

type Client = ReturnType<typeof clientOf>;

/** What a client keeps of a history: the tag of an answer, cursors, and the commit up to which it was told. */
async function keptOf({ get, ask }: Client, isTagged: boolean) {
  const tag = (await get(titles)).headers.get("etag");
  expect(tag !== null).toBe(isTagged);
  if (tag) expect((await get(titles, { "if-none-match": tag })).status).toBe(304);
  const found = (await ask(search)) as { data: { search: { pageInfo: { endCursor: string } } } };
  const log = (await ask(commits)) as {
    data: { commits: { nodes: { revision: number; hash: string }[]; pageInfo: { endCursor: string } } };
  };
  const { nodes, pageInfo } = log.data.commits;
  return {
    tag,
    cursors: { search: found.data.search.pageInfo.endCursor, commits: pageInfo.endCursor },
    newest: nodes.at(-1)!,
  };
}

const codeOf = ({ data, errors }: Answer): string => (data ? "data" : errors![0]!.extensions.code);
const changed = "subscription ($after: Int, $hash: String) { bankChanged(after: $after, afterHash: $hash) { title } }";
/** Fails unless the server answers from the new history, and tells a client of the old one that it is gone. */
async function expectNewHistory(server: { readonly url: string }, kept: Awaited<ReturnType<typeof keptOf>>) {
  const client = clientOf(server);
  const answer = await client.get(titles, kept.tag ? { "if-none-match": kept.tag } : {});
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { data: { revision: 4, concepts: { nodes: [{ title: "Quorum after" }, { title: "Quorum beside after" }] } } },
  ]);
  const searched = await client.ask(search, { after: kept.cursors.search });
  expect([codeOf(searched), searched.errors![0]!.message]).toEqual([
    "BAD_USER_INPUT",
    "The bank has changed since that page was given; start the search anew.",
  ]);
  const listed = await client.ask(commits, { after: kept.cursors.commits });
  expect([codeOf(listed), listed.errors![0]!.message]).toEqual([
    "CONFLICT",
    "The log has another commit at revision 3, or none, since a backup was restored; read it from the start.",
  ]);
  const sockets = socketClient(server);
  const resumed = listen(sockets, changed, { after: kept.newest.revision, hash: kept.newest.hash }).next();
  await expect(resumed).rejects.toThrow('"code":"CONFLICT"');
  await sockets.dispose();
}

/** Answers are tagged where they are read from memory. */
describe.each([
  ["memory", true],
  ["store", false],
])("a server over a restored store, read from %s", (read, isTagged) => {
  const withServer = <T>(store: Database, use: (app: RunningApp) => Promise<T>): Promise<T> =>
    runApp({ store, env: { FULCRUM_READ: read } }).then((app) => use(app).finally(() => app.close()));

  it("gives clients of the old history nothing that is stale, where revisions come again with other content", () =>
    withBackup(async (file, backup) => {
      const kept = await withOpenStore({ path: file }, (store) =>
        withServer(store, (app) => keptOf(clientOf(app), isTagged)),
      );
      await restore(backup, addressOf(`${file}.restored`), nothing);
      await withOpenStore({ path: `${file}.restored` }, async (store) => {
        await goOn(store, "after");
        await withServer(store, (app) => expectNewHistory(app, kept));
      });
    }));

  it("that went on while the store was replaced under it loads anew, and ends what followed the old history", () =>
    withBackup(async (file, backup) => {
      await restore(backup, addressOf(`${file}.restored`), nothing);
      await withOpenStore({ path: `${file}.restored` }, (store) => goOn(store, "after"));
      const server = await startServer({ FULCRUM_STORE: `sqlite:${file}`, FULCRUM_READ: read });
      try {
        const kept = await keptOf(clientOf(server), isTagged);
        const sockets = socketClient(server);
        const following = listen(sockets, changed, { after: 3, hash: kept.newest.hash });
        expect(await following.next()).toEqual({ bankChanged: { title: "A change" } });
        const ended = expect(following.next()).rejects.toThrow('"code":"CONFLICT"');
        await replace(file, `${file}.restored`);
        await ended;
        await sockets.dispose();
        await expectNewHistory(server, kept);
        await withOpenStore({ path: file }, expectSound);
      } finally {
        await server.stop();
      }
    }));
});

/** Puts another bank into a file that a process has open, as the command .restore of SQLite's own shell does. */
async function replace(file: string, by: string): Promise<void> {
  const connection = new SqliteConnection(by);
  try {
    await connection.copyTo(file, nothing);
  } finally {
    connection.close();
  }
}
