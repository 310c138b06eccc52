import type { GraphView } from "../../../src/domain/graph/graph-view";
import type { NodeKind } from "../../../src/domain/ontology/node-kinds";
import { rootKinds, saveName } from "../../../src/graphql/types/node-types";
import { type DearestOperation, hubsOf } from "./dearest-operations";

/** Change sets that are open, to be worked on. */
export interface OpenChangeSets {
  /** One that changes hundreds of nodes and links. */
  readonly large: string;
  /** Nothing is in it. */
  readonly empty: string;
}

const selection = "{ node { id } changeSet { status } changes(first: 1) { field } userErrors { code } }";
const comment = "It says too little. ".repeat(250);
const prompt = "What of [it](concept:nothing), and **why**? ".repeat(180);

/** For each root field of Mutation, for an editor. What is published stays as it is: edits are dry runs, or go into a change set. */
export function dearestMutations(view: GraphView, { large, empty }: OpenChangeSets): readonly DearestOperation[] {
  const operations: DearestOperation[] = [];
  const hubs = new Map(rootKinds.map((kind) => [kind, hubsOf(view, kind).slice(0, 20)]));
  const hub = (kind: NodeKind, turn: number): string => {
    const ofKind = hubs.get(kind) ?? [];
    return ofKind[turn % ofKind.length] as string;
  };
  const add = (
    field: string,
    about: string,
    declared: string,
    args: string,
    variables: DearestOperation["variables"],
  ): void => {
    const query = `mutation${declared && ` (${declared})`} { ${field}(${args}) ${selection} }`;
    operations.push({ field, about, query, variables, needsKey: true });
  };
  const onLarge = (field: string, about = "", declared = "", args = "", variables: Record<string, unknown> = {}) =>
    add(field, about, declared, `changeSet: "${large}"${args}`, () => variables);

  for (const kind of rootKinds)
    add(saveName(kind), "of what is linked most", `$input: ${kind}Input!`, "input: $input, dryRun: true", (turn) => ({
      input: { id: hub(kind, turn), title: `Another title ${turn}` },
    }));
  add("saveQuestion", "with long texts", "$input: QuestionInput!", "input: $input, dryRun: true", (turn) => ({
    input: { id: hub("Question", turn), prompt: `${turn} ${prompt}`, hints: [comment.slice(0, 300)] },
  }));
  add(
    "saveQuestion",
    "into a change set",
    "$input: QuestionInput!",
    `input: $input, changeSet: "${large}"`,
    (turn) => ({
      input: { id: hub("Question", turn), title: `Another title ${turn}` },
    }),
  );
  add("remove", "", "$node: ID!", "node: $node, dryRun: true", (turn) => ({ node: hub("Concept", turn) }));
  add("rename", "", "$node: ID!, $slug: String!", "node: $node, slug: $slug, dryRun: true", (turn) => ({
    node: hub("Concept", turn),
    slug: `another-${turn}`,
  }));
  const ends = (turn: number) => ({ from: hub("Question", turn), to: hub("Concept", turn) });
  add(
    "link",
    "",
    "$from: ID!, $to: ID!",
    'edge: ABOUT, from: $from, to: $to, properties: { reason: "So.", emphasis: TEACHES }, dryRun: true',
    ends,
  );
  add("unlink", "", "$from: ID!, $to: ID!", "edge: ABOUT, from: $from, to: $to, dryRun: true", ends);
  add("reorder", "", "$of: ID!", "relation: TOPIC_QUESTIONS, of: $of, nodes: [], dryRun: true", (turn) => ({
    of: hub("Topic", turn),
  }));
  add("openChangeSet", "", "", 'title: "Another"', () => ({}));
  onLarge("renameChangeSet", "", "", ', title: "Another"');
  onLarge("commentOnChangeSet", "", "$comment: String!", ", comment: $comment", { comment });
  onLarge("submitChangeSet");
  onLarge("approveChangeSet");
  onLarge("requestChanges", "", "$comment: String!", ", comment: $comment", { comment });
  onLarge("publishChangeSet", "", "", ", dryRun: true");
  add("discardChangeSet", "", "", `changeSet: "${empty}"`, () => ({}));
  add("revert", "", "", "revision: 1, leaveConflicts: true", () => ({}));
  return operations;
}
