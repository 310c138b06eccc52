import { indexed, line, optional, partialDate, title, url } from "../field";
import { nodeKind } from "../node-kind";

export const source = nodeKind({
  description: "A document that figures or statements come from, pinned to a revision where it has one.",
  plural: "sources",
  fields: {
    title: indexed(title("The document's title.")),
    publisher: line("Who published it: a project, a company, a venue.", 200),
    url: optional(url("Where it can be read, at the pinned revision; absent only for measurements of our own.")),
    revision: optional(line("Commit, version or edition that was read.", 120)),
    retrievedAt: partialDate("The day on which it was read for the bank."),
    license: optional(line("SPDX identifier of its license, where stated.", 80)),
    date: optional(partialDate("When it was published, as precisely as it says.")),
  },
});
