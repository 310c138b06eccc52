import type { DocumentNode, GraphQLError } from "graphql";
import { type DocumentSize, measureDocument } from "./document-size";
import { limitError } from "./limit-error";
import type { Limits } from "./limits";

const messages: Readonly<Record<keyof DocumentSize, string>> = {
  depth: "The selection is nested too deeply",
  aliases: "The document has too many aliases",
  rootFields: "An operation has too many fields at its root",
  directives: "The document has too many directives",
  operations: "The document has too many operations",
  recursiveSelections: "The document has too many selections, its fragments written out",
  mutations: "The document has too many mutations",
  introspections: "The document asks the schema about itself too often",
};

/** An error for each limit that a parsed document is over. It needs no schema, so it comes before validation. */
export function checkDocument(document: DocumentNode, limits: Limits): readonly GraphQLError[] {
  const size = measureDocument(document);
  return (Object.keys(messages) as (keyof DocumentSize)[])
    .filter((measure) => size[measure] > limits[measure])
    .map((measure) => {
      const limit = limits[measure];
      return limitError("OPERATION_TOO_COMPLEX", `${messages[measure]}: ${size[measure]} of at most ${limit}.`, {
        limit,
      });
    });
}
