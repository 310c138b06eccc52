import { indexed, prose, title } from "../field";
import { nodeKind } from "../node-kind";

export const topic = nodeKind({
  description: "A subject of the bank; topics form a tree, and each covers questions in a chosen order.",
  plural: "topics",
  sorting: true,
  fields: {
    title: indexed(title("The topic's name as a reader sees it in a menu.")),
    summary: prose("What the topic is about and what someone can decide after studying it."),
  },
});
