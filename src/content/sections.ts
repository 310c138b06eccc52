import type { NodeKind } from "../domain/ontology/node-kinds";

/** What stands as a level 1 section of Markdown after the front matter, instead of under its key. */
export type Section =
  /** One field of the file's own node: Markdown, or a list with an item for each of the field's texts. */
  | { readonly heading: string; readonly field: string; readonly form: "text" | "list" }
  /** A field of each node under `nested`, under the heading `Own slug noun`; those nodes are in the order of `rankedBy`. */
  | { readonly nested: string; readonly noun: string; readonly field: string; readonly rankedBy: string };

const layouts: Partial<Record<NodeKind, readonly Section[]>> = {
  Question: [
    { heading: "Prompt", field: "prompt", form: "text" },
    { heading: "Hints", field: "hints", form: "list" },
    { nested: "answers", noun: "answer", field: "body", rankedBy: "level" },
  ],
};

/** The sections of the kind's files in their order; none for kinds whose files are YAML alone. */
export const sectionsOf = (kind: NodeKind): readonly Section[] => layouts[kind] ?? [];

/** `full` with the noun `answer` stands under `Full answer`, `full-on-gpus` under `Full on gpus answer`. */
export const nestedHeading = (own: string, noun: string): string => {
  const words = `${own.replaceAll("-", " ")} ${noun}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
};
