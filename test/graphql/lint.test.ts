import type { Principal } from "../../src/domain/access/principal";
import { importBank } from "../../src/content/import-bank";
import type { GraphView } from "../../src/domain/graph/graph-view";
import { allRules } from "../../src/domain/rules/run-rules";
import { batchedLinks } from "../../src/graphql/batched-links";
import { lintOfView } from "../../src/graphql/lint-of-view";
import { loadModel } from "../../src/store/memory/load-model";
import { createMemoryStore } from "../../src/store/memory/memory-store";
import { aLink } from "../builders/links";
import { aConcept, aQuestion, aRole, aSource, aTool, aTopic } from "../builders/nodes";
import { aBenchmark } from "../builders/owned-nodes";
import { editorialLines, sampleTexts } from "../content/sample-bank";
import { withFolder, writeTexts } from "../content/temporary-folder";
import { anApi } from "./api";

const author: Principal = { id: "key:author", name: "Ada", role: "AUTHOR" };

interface Report {
  readonly lint: {
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly node: { readonly slug: string } | null;
      readonly path: readonly string[];
      readonly message: string;
      readonly hint: string | null;
    }[];
    readonly counts: { readonly errors: number; readonly warnings: number; readonly notes: number };
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const query = `query ($rules: [String!], $severity: LintSeverity, $first: Int, $after: String) {
  lint(rules: $rules, severity: $severity, first: $first, after: $after) {
    findings { rule severity node { slug } path message hint }
    counts { errors warnings notes }
    pageInfo { hasNextPage endCursor }
  }
}`;

const tools = [aTool({ slug: "a" }), aTool({ slug: "b" }), aTool({ slug: "c" })];

describe("lint", () => {
  it("tells the rule, severity, node, path, message and hint of what is wrong with the graph", async () => {
    const api = await anApi(
      [
        aConcept({ slug: "ann", title: "Nearest neighbours", explanation: "Read about the page cache here." }),
        aConcept({ slug: "page-cache", title: "Page cache" }),
      ],
      { principal: author },
    );
    const { lint } = await api.data<Report>(query, { rules: ["unlinked-name"] });
    expect(lint).toEqual({
      findings: [
        {
          rule: "unlinked-name",
          severity: "WARNING",
          node: { slug: "ann" },
          path: ["explanation"],
          message: 'The text names "page cache" without a link.',
          hint: "Write [page cache](concept:page-cache).",
        },
      ],
      counts: { errors: 0, warnings: 1, notes: 0 },
      pageInfo: { hasNextPage: false, endCursor: expect.any(String) as string },
    });
  });

  it("says of a bank what lint of its files says", async () => {
    const store = createMemoryStore();
    await withFolder(async (dir) => {
      await writeTexts(dir, sampleTexts);
      await importBank(store, dir);
    });
    const api = await anApi([], { store, principal: author });
    const found: [string, string][] = [];
    for (let after: string | null = null; ;) {
      const { lint }: Report = await api.data<Report>(query, { first: 100, after });
      found.push(...lint.findings.map(({ rule, message }): [string, string] => [rule, message]));
      if (!lint.pageInfo.hasNextPage) break;
      after = lint.pageInfo.endCursor;
    }
    const codes = allRules.map(({ code }) => code).filter((code) => code !== "stale-figures");
    const wanted = (await editorialLines(sampleTexts, codes)).map(([place, message]) => [
      (place as string).split(" ")[2],
      message,
    ]);
    expect(found.filter(([rule]) => rule !== "stale-figures").sort()).toEqual(wanted.sort());
    expect(found.length).toBeGreaterThan(20);
  });

  it("comes in pages, each going on where the one before ended, with counts over all", async () => {
    const api = await anApi(tools, { principal: author });
    const first = await api.data<Report>(query, { rules: ["tool-parts", "orphan"], first: 4 });
    const { endCursor: after } = first.lint.pageInfo;
    const second = await api.data<Report>(query, { rules: ["tool-parts", "orphan"], first: 4, after });
    const slugs = [first, second].map(({ lint }) => lint.findings.map(({ rule, node }) => `${node?.slug} ${rule}`));
    expect(slugs).toEqual([
      ["a orphan", "a tool-parts", "a tool-parts", "b orphan"],
      ["b tool-parts", "b tool-parts", "c orphan", "c tool-parts"],
    ]);
    expect([first.lint.counts.warnings, second.lint.pageInfo.hasNextPage]).toEqual([9, true]);
  });

  it("can be asked for one severity", async () => {
    const api = await anApi(tools, { principal: author });
    const { lint } = await api.data<Report>(query, { severity: "ERROR" });
    expect([lint.findings, lint.counts]).toEqual([[], { errors: 0, warnings: 0, notes: 0 }]);
  });

  it("refuses a rule that there is not, naming the one that may be meant, and a cursor of another list", async () => {
    const api = await anApi(tools, { principal: author });
    const { errors } = await api.ask(query, { rules: ["near-duplicat"] });
    expect(errors?.[0]).toMatchObject({
      message: 'There is no rule "near-duplicat". Did you mean "near-duplicate"?',
      extensions: { code: "BAD_USER_INPUT" },
    });
    const { lint } = await api.data<Report>(query, { first: 1 });
    expect(await api.code(query, { severity: "WARNING", after: lint.pageInfo.endCursor })).toBe("BAD_USER_INPUT");
    expect(await api.code(query, { first: 101 })).toBe("BAD_USER_INPUT");
  });
});

describe("lint of a view", () => {
  it("is done once for a view and day, and again when it failed", async () => {
    const { store } = await anApi(tools, { principal: author });
    const view = await loadModel(store);
    const links = batchedLinks(store.reader());
    const lost = { ...links, texts: () => Promise.reject(new Error("lost")) };
    const withTexts = await loadModel((await anApi([aConcept({ slug: "c" })], { principal: author })).store);
    await expect(lintOfView(withTexts, lost, "2026-11-28")).rejects.toThrow("lost");
    expect(await lintOfView(withTexts, links, "2026-11-28")).not.toEqual([]);
    const once = lintOfView(view, links, "2026-11-28");
    expect(lintOfView(view, links, "2026-11-28")).toBe(once);
    expect(lintOfView(view, links, "2026-11-29")).not.toBe(once);
    await once;
  });

  it("parses texts once for all days, and keeps what it found on one of them", async () => {
    const bank = [
      aConcept({ slug: "c", explanation: "It is explained." }),
      aSource({ slug: "s" }),
      aBenchmark({ source: "s", slug: "b", date: "2026-11-10", staleAfter: "P10D" }),
    ];
    const { store } = await anApi(bank, { principal: author });
    const view = await loadModel(store);
    const keys = new Set<string>();
    const watched = Object.create(view, {
      remember: { value: (key: string, make: () => unknown) => (keys.add(key), view.remember(key, make)) },
    }) as GraphView;
    const links = batchedLinks(store.reader());
    const judged: number[] = [];
    const stale: number[] = [];
    for (let day = 15; day < 25; day++) {
      const found = await lintOfView(watched, links, `2026-11-${day}`, (characters) => void judged.push(characters));
      expect(found.length).toBeGreaterThan(1);
      if (found.some(({ rule }) => rule === "stale-figures")) stale.push(day);
    }
    expect(stale).toEqual([21, 22, 23, 24]);
    expect(judged).toHaveLength(1);
    expect(judged[0]).toBeGreaterThanOrEqual("It is explained.".length);
    expect([...keys]).toEqual(["lint"]);
  });

  it("refuses a bank of too many texts", async () => {
    const { store } = await anApi([], { principal: author });
    const model = await loadModel(store);
    const huge = Object.create(model, {
      nodesInOrder: { value: () => ({ length: 10_001, at: (index: number) => ({ id: `Question:q-${index}` }) }) },
      remember: { value: (_: string, make: () => unknown) => make() },
    }) as GraphView;
    await expect(lintOfView(huge, batchedLinks(store.reader()), "2026-11-28")).rejects.toMatchObject({
      code: "TOO_COMPLEX",
    });
  });
});

describe("coverage", () => {
  it("counts questions by sub-topic, role and difficulty, holes first", async () => {
    const api = await anApi([
      aTopic({ slug: "search" }),
      aTopic({ slug: "tuning" }),
      aLink("PART_OF", "Topic:tuning", "Topic:search"),
      aRole({ slug: "ml" }),
      ...["q", "r"].flatMap((slug) => [
        aQuestion({ slug, difficulty: "HARD" }),
        aLink("COVERS", "Topic:tuning", `Question:${slug}`),
        aLink("ASKED_OF", `Question:${slug}`, "Role:ml"),
      ]),
    ]);
    const { coverage } = await api.data<{ coverage: unknown }>(
      "{ coverage { subTopic { slug } role { slug } difficulty questions } }",
    );
    const cell = (difficulty: string, questions: number) => ({
      subTopic: { slug: "tuning" },
      role: { slug: "ml" },
      difficulty,
      questions,
    });
    expect(coverage).toEqual([cell("EASY", 0), cell("MEDIUM", 0), cell("HARD", 2)]);
    expect(await api.data("{ coverage(below: 1, first: 1) { difficulty } }")).toEqual({
      coverage: [{ difficulty: "EASY" }],
    });
  });
});
