import type { NodeKind } from "../domain/ontology/node-kinds";

/** Content that is written as a level 1 section of Markdown after the front matter, instead of under its key. */
export type Section =
  /** One field of the file's own node: Markdown, or a list with an item for each of the field's texts. */
  | { readonly heading: string; readonly field: string; readonly form: "text" | "list" }
  /** A field of each node under `nested`, under the heading `Own slug noun`. The nodes are ordered by `rankedBy`. */
  | { readonly nested: string; readonly noun: string; readonly field: string; readonly rankedBy: string };

const layouts: Partial<Record<NodeKind, readonly Section[]>> = {
  Question: [
    { heading: "Prompt", field: "prompt", form: "text" },
    { heading: "Hints", field: "hints", form: "list" },
    { nested: "answers", noun: "answer", field: "body", rankedBy: "level" },
  ],
};

/** Returns the sections of a kind's files in their order; empty for kinds whose files are YAML alone. */
export const sectionsOf = (kind: NodeKind): readonly Section[] => layouts[kind] ?? [];

/**
 * Returns the heading of a nested node's section: `Full answer` for `full` and the noun `answer`, `Full on gpus answer`
 * for `full-on-gpus`.
 */
export const nestedHeading = (own: string, noun: string): string => {
  const words = `${own.replaceAll("-", " ")} ${noun}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
};
