import { readFileSync } from "node:fs";
import path from "node:path";
import { newApiKey } from "../../src/domain/access/api-key";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { commit } from "../builders/changes";
import { aConcept, aRole, aTopic } from "../builders/nodes";
import { post, type RunningApp, runApp } from "../http/running-app";

/** What the guide says to run: the operation, and the marks before it, which say as whom and with what. */
const steps = [
  ...readFileSync(path.resolve(__dirname, "../../docs/authoring.md"), "utf8").matchAll(
    /<!-- as (\w+)((?:, \w+)*) -->\n```graphql\n([\s\S]*?)```/g,
  ),
].map(([, who, marks, query]) => ({
  who: who as "author" | "editor",
  needs: (marks as string).split(", ").filter(Boolean),
  query: query as string,
}));

type Data = Readonly<Record<string, unknown>>;

describe("the authors' guide", () => {
  let app: RunningApp;
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    const store = createMemoryStore();
    await commit(store, [
      aTopic({ slug: "profiling-and-measurement" }),
      aRole({ slug: "backend-engineer" }),
      aConcept({ slug: "tail-latency", title: "Tail latency" }),
    ]);
    for (const role of ["AUTHOR", "EDITOR"] as const) {
      const { key, text } = newApiKey({ name: role, role, expiresAt: null }, new Date());
      await store.keys.add(key);
      keys[role.toLowerCase()] = text;
    }
    app = await runApp({ store });
  });
  afterAll(() => app.close());

  it("leads from a key to a published question, run as printed", async () => {
    let changeSet = "";
    const answers: Data[] = [];
    for (const { who, needs, query } of steps) {
      const response = await post(
        app,
        { query, ...(needs.includes("changeSet") && { variables: { changeSet } }) },
        {
          authorization: `Bearer ${keys[who] as string}`,
          ...(needs.includes("view") && { "fulcrum-view": `change-set=${changeSet}` }),
        },
      );
      const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
      expect(errors).toBeUndefined();
      for (const result of Object.values(data)) expect((result as Data)?.["userErrors"] ?? []).toEqual([]);
      const opened = data["openChangeSet"] as { changeSet: { id: string } } | undefined;
      if (opened) changeSet = opened.changeSet.id;
      answers.push(data);
    }
    expect(answers).toHaveLength(8);
    expect(answers[3]).toEqual({
      question: {
        title: "A benchmark without warm-up",
        topics: [{ title: expect.any(String) as string }],
        concepts: [
          { reason: "The slow first calls are the tail of what is measured.", node: { title: "Tail latency" } },
        ],
      },
    });
    expect(answers[4]).toMatchObject({ changeSet: { status: "OPEN", findings: [], conflicts: [] } });
    expect(answers[6]).toMatchObject({ publishChangeSet: { revision: 2, changeSet: { status: "PUBLISHED" } } });
    expect(answers[7]).toMatchObject({
      history: { nodes: [{ revision: 2, title: "A question on warm-up", actor: { name: "EDITOR" } }] },
    });
    const published = await post(app, { query: '{ question(slug: "benchmark-without-warm-up") { title } }' });
    expect(await published.json()).toMatchObject({ data: { question: { title: "A benchmark without warm-up" } } });
  });
});
