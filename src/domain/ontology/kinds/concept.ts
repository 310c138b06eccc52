import { indexed, line, listOf, longText, optional, prose, title } from "../field";
import { nodeKind } from "../node-kind";

export const concept = nodeKind({
  description: "An idea that questions assume or teach, such as tail latency or quantization-aware training.",
  plural: "concepts",
  fields: {
    title: indexed(title("The concept's standard name.")),
    aliases: optional(
      listOf(line("Another name.", 80), 20, "Other names and abbreviations that people type for it, such as QAT."),
    ),
    summary: prose("What it is, in one or two sentences."),
    explanation: optional(longText("How it works, when it matters and what it costs, in Markdown.")),
  },
});
