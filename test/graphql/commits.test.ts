import type { Principal } from "../../src/domain/access/principal";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit, patch, removal, renaming } from "../builders/changes";
import { aLink, noLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { anApi } from "./api";

const author: Principal = { id: "key:a", name: "ada", role: "AUTHOR" };

/** A bank with a short history, seen by the principal. */
async function history(principal?: Principal) {
  const store = createMemoryStore();
  const actor = { kind: "import", name: "seed" } as const;
  await store.commit(
    { title: "Import", changes: [aQuestion({ slug: "q", prompt: "Why?" }), aConcept({ slug: "a", title: "A" })] },
    { idempotencyKey: "import", actor },
  );
  await commit(store, [aLink("ABOUT", "Question:q", "Concept:a", { reason: "It is asked." })]);
  await commit(store, [patch("Question:q", { prompt: "Why not?", hints: ["Think"] }), renaming("Concept:a", "b")]);
  await commit(store, [noLink("ABOUT", "Question:q", "Concept:a"), removal("Concept:a")]);
  return anApi([], { store, ...(principal && { principal }) });
}

describe("the log of commits", () => {
  it("is read from the oldest on, and back from the newest, without a gap", async () => {
    const api = await history();
    const ask = (args: string) =>
      api.data(
        `{ commits(${args}) { nodes { revision title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      );
    expect(await ask("first: 2")).toEqual({
      commits: {
        nodes: [
          { revision: 1, title: "Import" },
          { revision: 2, title: "A change" },
        ],
        pageInfo: {
          hasNextPage: true,
          hasPreviousPage: false,
          startCursor: expect.stringMatching(/^1:[0-9a-f]{12}$/) as string,
          endCursor: expect.stringMatching(/^2:[0-9a-f]{12}$/) as string,
        },
      },
    });
    expect(await ask('first: 2, after: "2"')).toMatchObject({
      commits: { nodes: [{ revision: 3 }, { revision: 4 }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    });
    expect(await ask("last: 1")).toMatchObject({
      commits: { nodes: [{ revision: 4 }], pageInfo: { hasNextPage: false, hasPreviousPage: true } },
    });
    expect(await ask('last: 5, before: "3"')).toMatchObject({
      commits: { nodes: [{ revision: 1 }, { revision: 2 }], pageInfo: { hasNextPage: true, hasPreviousPage: false } },
    });
    expect(await ask("kind: IMPORT")).toMatchObject({ commits: { nodes: [{ revision: 1 }] } });
    expect(await ask('after: "4"')).toMatchObject({
      commits: { nodes: [], pageInfo: { startCursor: null, endCursor: null } },
    });
  });

  it("goes on after a cursor of its own, and not after one of another log", async () => {
    const api = await history();
    const query =
      "query ($after: String) { commits(first: 2, after: $after) { nodes { revision } pageInfo { endCursor } } }";
    const { commits } = await api.data<{ commits: { pageInfo: { endCursor: string } } }>(query);
    const { endCursor } = commits.pageInfo;
    expect(await api.data(query, { after: endCursor })).toMatchObject({
      commits: { nodes: [{ revision: 3 }, { revision: 4 }] },
    });
    for (const after of [
      endCursor.replace(/.$/, (digit) => (digit === "0" ? "1" : "0")),
      endCursor.replace("2:", "9:"),
    ])
      expect(await api.code(query, { after })).toBe("CONFLICT");
  });

  it("tells anyone which nodes a commit is about, and what became of them", async () => {
    const api = await history();
    const query = "query ($r: Int!) { commit(revision: $r) { nodeCount nodes { kind changeType } } }";
    expect(await api.data(query, { r: 1 })).toEqual({
      commit: {
        nodeCount: 2,
        nodes: [
          { kind: "Concept", changeType: "CREATED" },
          { kind: "Question", changeType: "CREATED" },
        ],
      },
    });
    expect(await api.data(query, { r: 2 })).toMatchObject({
      commit: { nodes: [{ changeType: "LINKED" }, { changeType: "LINKED" }] },
    });
    expect(await api.data(query, { r: 4 })).toMatchObject({
      commit: {
        nodes: [
          { kind: "Concept", changeType: "REMOVED" },
          { kind: "Question", changeType: "LINKED" },
        ],
      },
    });
    expect(await api.data(query, { r: 5 })).toEqual({ commit: null });
    expect(await api.data(query, { r: 0 })).toEqual({ commit: null });
  });

  it("tells those with a key who made a commit, and each field before and after, texts and links included", async () => {
    const api = await history(author);
    const query = `query ($r: Int!) { commit(revision: $r) {
      actor { kind name } changeCount changes { subject changeType field before after } } }`;
    expect(await api.data(query, { r: 3 })).toEqual({
      commit: {
        actor: { kind: "PERSON", name: "ada" },
        changeCount: 3,
        changes: [
          { subject: "Concept:a", changeType: "CHANGED", field: "slug", before: "a", after: "b" },
          { subject: "Question:q", changeType: "CHANGED", field: "prompt", before: "Why?", after: "Why not?" },
          { subject: "Question:q", changeType: "CHANGED", field: "hints", before: null, after: ["Think"] },
        ],
      },
    });
    expect(await api.data(query, { r: 2 })).toMatchObject({
      commit: {
        changes: [
          {
            subject: "ABOUT Question:q Concept:a",
            changeType: "CREATED",
            field: "reason",
            before: null,
            after: "It is asked.",
          },
          { field: "emphasis", after: "ASSUMES" },
        ],
      },
    });
    expect(await api.data(`{ commits(actor: "ada", first: 1) { nodes { revision } } }`)).toEqual({
      commits: { nodes: [{ revision: 2 }] },
    });
  });

  it("gives a stretch of what a large commit did", async () => {
    const api = await anApi(
      Array.from({ length: 120 }, (_, i) => aConcept({ slug: `c${i}` })),
      { principal: author },
    );
    const query = `query ($f: Int, $s: Int) { commit(revision: 1) { nodeCount changeCount
      nodes(first: $f, skip: $s) { id } changes(first: $f, skip: $s) { field } } }`;
    const { commit: all } = await api.data<{ commit: { nodes: unknown[]; changes: unknown[] } }>(query);
    expect(all).toMatchObject({ nodeCount: 120, changeCount: 360 });
    expect([all.nodes.length, all.changes.length]).toEqual([100, 100]);
    const { commit: rest } = await api.data<typeof all extends infer T ? { commit: T } : never>(query, {
      f: 50,
      s: 100,
    });
    expect([rest.nodes.length, rest.changes.length]).toEqual([20, 50]);
    for (const variables of [{ f: 0 }, { f: 501 }, { s: -1 }])
      expect(await api.code(query, variables)).toBe("BAD_USER_INPUT");
  });

  it("keeps what was and who did it from those without a key", async () => {
    const api = await history();
    expect(await api.code("{ commit(revision: 3) { changes { before } } }")).toBe("UNAUTHENTICATED");
    expect(await api.code("{ commit(revision: 3) { actor { name } } }")).toBe("UNAUTHENTICATED");
    expect(await api.code('{ commits(actor: "ada") { nodes { revision } } }')).toBe("UNAUTHENTICATED");
  });

  it.each([
    "commits(first: 1, last: 1)",
    'commits(last: 1, after: "1")',
    'commits(first: 1, before: "1")',
    'commits(after: "one")',
    'commits(after: "1:abc")',
    "commits(first: 0)",
    "commits(last: 101)",
  ])("refuses %s", async (field) => {
    expect(await (await history()).code(`{ ${field} { nodes { revision } } }`)).toBe("BAD_USER_INPUT");
  });
});
