import type { Database } from "../../src/domain/database";
import type { Draft } from "../../src/domain/drafts/draft-store";
import { aDraft } from "../builders/drafts";
import { aLink } from "../builders/links";
import { aConcept } from "../builders/nodes";
import { soundLog } from "./whole-log";
import { scannedItems } from "../../src/domain/graph/port";

const nodesOfDraft = 30;
const linksOfDraft = nodesOfDraft - 1;

export const draftId = (number: number): string => `draft-${number}`;

/** An approved draft of 30 concepts, the first of which leads to all others. */
export function aLargeDraft(number: number): Draft {
  const slugs = Array.from({ length: nodesOfDraft }, (_, index) => `of-${number}-number-${index}`);
  const changes = [
    ...slugs.map((slug) => aConcept({ slug, explanation: "At length. ".repeat(200).trim() })),
    ...slugs.slice(1).map((slug) => aLink("PREREQUISITE_OF", `Concept:${slugs[0]}`, `Concept:${slug}`)),
  ];
  return aDraft({ id: draftId(number), status: "APPROVED", changes });
}

/**
 * Fails unless the drafts were published one after another from the first, each as one commit, and of every draft there is
 * all or nothing: its status, its commit, its nodes and its links. Gives how many were published.
 */
export async function expectWhole(store: Database): Promise<number> {
  const log = await soundLog(store, 0);
  expect(log.map(({ draft, changes }) => [draft, changes.length])).toEqual(
    log.map((_, index) => [draftId(index + 1), nodesOfDraft + linksOfDraft]),
  );
  const drafts = await store.drafts.drafts({ first: 10_000 });
  const published = drafts.filter(({ status }) => status === "PUBLISHED");
  expect(new Map(published.map(({ id, version, publishedAs }) => [id, [version, publishedAs]]))).toEqual(
    new Map(log.map(({ revision }) => [draftId(revision), [2, revision]])),
  );
  const others = drafts.filter((draft) => !published.includes(draft));
  expect(others.filter(({ status, version }) => status !== "APPROVED" || version !== 1)).toEqual([]);
  const kinds: string[] = [];
  for await (const item of scannedItems(store.reader().scan()))
    kinds.push("node" in item ? item.node.kind : item.edge.edge);
  expect(kinds.filter((kind) => kind === "Concept")).toHaveLength(log.length * nodesOfDraft);
  expect(kinds.filter((kind) => kind === "PREREQUISITE_OF")).toHaveLength(log.length * linksOfDraft);
  return log.length;
}
