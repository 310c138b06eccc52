import type { Rule } from "../finding";

/** Optional in the ontology, since a store need not know them. */
const wanted = { license: "an SPDX identifier, or Proprietary", homepage: "the project's own page" } as const;

export const toolParts: Rule = {
  code: "tool-parts",
  severity: "warning",
  structural: false,
  description: "A tool says its license and its homepage.",
  evaluate: (bank) =>
    bank.ofKind("Tool").flatMap(({ id, slug, fields }) =>
      Object.entries(wanted).flatMap(([field, what]) => {
        if (fields[field] !== undefined) return [];
        return [{ node: id, path: [], message: `Tool ${slug} has no ${field}.`, hint: `Add ${field}: ${what}.` }];
      }),
    ),
};
