import type { GraphReader, ScanItem } from "../../../src/domain/graph/port";
import { type EdgeKind, edgeKindNames } from "../../../src/domain/ontology/edge-kinds";
import { aConcept, aQuestion, aTool, aTopic } from "../../builders/nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, patch, removal, renaming } from "../../builders/changes";
import { casesAbout } from "../contract-case";
import { scannedItems } from "../../../src/domain/graph/port";

async function scanned(reader: GraphReader): Promise<ScanItem[]> {
  const items: ScanItem[] = [];
  for await (const item of scannedItems(reader.scan())) items.push(item);
  return items;
}

const subject = (item: ScanItem) =>
  "node" in item ? item.node.id : `${item.edge.edge} ${item.edge.from} ${item.edge.to}`;

export const scan = casesAbout("scan", [
  {
    id: "empty",
    name: "the empty bank has nothing to scan",
    async run(store) {
      expect(await scanned(store.reader())).toEqual([]);
    },
  },
  {
    id: "everything",
    name: "all nodes come by id, then all edges by kind, from, to, each in full with its own revision",
    async run(store) {
      await commit(store, [
        aTool({ slug: "a" }),
        aQuestion({ slug: "b", prompt: "[x](concept:x)?", hints: ["One."] }),
        aQuestion({ slug: "a" }),
        aConcept({ slug: "x" }),
        aConcept({ slug: "y" }),
        aTopic({ slug: "t" }),
        aLink("RELATED_TO", "Concept:y", "Concept:x"),
        aLink("ABOUT", "Question:b", "Concept:x"),
        aLink("ABOUT", "Question:a", "Concept:y"),
        aLink("ABOUT", "Question:a", "Concept:x"),
        aLink("COVERS", "Topic:t", "Question:b", {}, 4),
        aLink("COVERS", "Topic:t", "Question:a", {}, 9),
      ]);
      await commit(store, [
        renaming("Concept:y", "z"),
        noLink("ABOUT", "Question:a", "Concept:x"),
        aTool({ slug: "gone" }),
      ]);
      await commit(store, [patch("Question:a", { title: "Changed" }), removal("Tool:gone")]);
      const items = await scanned(store.reader());
      expect(items.slice(0, 6).map((item) => [subject(item), item.revision])).toEqual([
        ["Concept:x", 1],
        ["Concept:y", 2],
        ["Question:a", 3],
        ["Question:b", 1],
        ["Tool:a", 1],
        ["Topic:t", 1],
      ]);
      const edges: [EdgeKind, string[]][] = [
        ["ABOUT", ["ABOUT Question:a Concept:y", "ABOUT Question:b Concept:x"]],
        ["RELATED_TO", ["RELATED_TO Concept:x Concept:y"]],
        ["COVERS", ["COVERS Topic:t Question:a", "COVERS Topic:t Question:b"]],
        ["MENTIONS", ["MENTIONS Question:b Concept:x"]],
      ];
      edges.sort(([a], [b]) => edgeKindNames.indexOf(a) - edgeKindNames.indexOf(b));
      expect(items.slice(6).map((item) => [subject(item), item.revision])).toEqual(
        edges.flatMap(([, each]) => each).map((edge) => [edge, 1]),
      );
      expect(items[1]).toEqual({
        node: {
          id: "Concept:y",
          kind: "Concept",
          slug: "z",
          formerSlugs: ["y"],
          fields: { title: "Tail latency", summary: "The slowest few requests." },
          texts: {},
        },
        revision: 2,
      });
      expect(items[3]).toMatchObject({ node: { fields: { hints: ["One."] }, texts: { prompt: "[x](concept:x)?" } } });
      expect(items).toContainEqual({
        edge: { edge: "COVERS", from: "Topic:t", to: "Question:b", order: 4, properties: {} },
        revision: 1,
      });
    },
  },
  {
    id: "light",
    name: "a light scan leaves out long texts alone, and no page is empty",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q", prompt: "[x](concept:x)?", hints: ["One."] }),
        aConcept({ slug: "x", explanation: "Long." }),
        aTool({ slug: "t" }),
        aLink("ABOUT", "Question:q", "Concept:x"),
      ]);
      await commit(store, [renaming("Concept:x", "y")]);
      const items: ScanItem[] = [];
      for await (const page of store.reader().scan({ light: true })) {
        expect(page).not.toHaveLength(0);
        items.push(...page);
      }
      const full = await scanned(store.reader());
      expect(items).toEqual(
        full.map((item) => ("node" in item ? { ...item, node: { ...item.node, texts: {} } } : item)),
      );
      expect(full.filter((item) => "node" in item && Object.keys(item.node.texts).length > 0)).toHaveLength(2);
    },
  },
  {
    id: "one-revision",
    name: "a scan shows one revision, whatever is committed while it goes on",
    async run(store) {
      const slugs = Array.from({ length: 3_000 }, (_, index) => `c-${String(index).padStart(4, "0")}`);
      await commit(
        store,
        slugs.map((slug) => aConcept({ slug })),
      );
      await commit(
        store,
        slugs
          .slice(1)
          .map((slug) => aLink("RELATED_TO", `Concept:${slugs[0]}`, `Concept:${slug}`))
          .slice(0, 12),
      );
      const found: ScanItem[] = [];
      for await (const item of scannedItems(store.reader().scan())) {
        if (found.length === 0) {
          await commit(store, [
            removal("Concept:c-2999"),
            patch("Concept:c-2998", { title: "Late" }),
            aConcept({ slug: "z" }),
          ]);
          await commit(store, [noLink("RELATED_TO", "Concept:c-0000", "Concept:c-0001")]);
        }
        found.push(item);
      }
      expect(found).toHaveLength(3_012);
      expect(found[2_998]).toMatchObject({
        node: { id: "Concept:c-2998", fields: { title: "Tail latency" } },
        revision: 1,
      });
    },
  },
  {
    id: "left-early",
    name: "a scan that is left early holds nothing up",
    async run(store) {
      await commit(
        store,
        Array.from({ length: 1_500 }, (_, index) => aConcept({ slug: `c-${index}` })),
      );
      for await (const item of scannedItems(store.reader().scan())) {
        expect(subject(item)).toBe("Concept:c-0");
        break;
      }
      expect((await commit(store, [aConcept({ slug: "after" })])).revision).toBe(2);
      expect(await scanned(store.reader())).toHaveLength(1_501);
    },
  },
]);
