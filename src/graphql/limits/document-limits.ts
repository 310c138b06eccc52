import type { DocumentNode, GraphQLError } from "graphql";
import { type DocumentSize, measureDocument } from "./document-size";
import type { Limits } from "./limits";
import { limitError } from "./meter";

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

/**
 * Throws unless the variables, as the client sent them, are within the limits, and all that is text in them is Unicode: JSON
 * can hold halves of surrogate pairs, which stores would change or refuse. It does not recurse, so that no depth can exhaust
 * the stack.
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>, limits: Limits["variables"]): void {
  let keys = 0;
  const open: { value: unknown; depth: number; name: string }[] = [{ value: variables, depth: 0, name: "" }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth, name } = next;
    if (typeof value === "string") {
      if (value.length > limits.stringLength)
        throw refused(
          `A variable holds a text of ${value.length} characters, of at most ${limits.stringLength}.`,
          limits.stringLength,
        );
      if (!value.isWellFormed()) throw refused(halfOfAPair);
    }
    if (typeof value !== "object" || value === null) continue;
    if (depth > limits.depth)
      throw refused(`A variable is nested more than ${limits.depth} levels deep.`, limits.depth);
    const inner = Object.entries(value);
    if (Array.isArray(value)) {
      const max = longLists.has(name) ? limits.longListLength : limits.listLength;
      if (inner.length > max)
        throw refused(`A variable holds a list of ${inner.length} items, of at most ${max}.`, max);
    } else {
      keys += inner.length;
      if (keys > limits.keys) throw refused(`The variables hold more than ${limits.keys} keys.`, limits.keys);
    }
    if (inner.some(([key]) => !key.isWellFormed())) throw refused(halfOfAPair);
    for (const [key, each] of inner) open.push({ value: each, depth: depth + 1, name: key });
  }
}

const longLists: ReadonlySet<string> = new Set(["seen", "known"]);
const halfOfAPair = "A variable holds half of a surrogate pair, which is no text.";
const refused = (message: string, limit?: number) =>
  limitError("BAD_USER_INPUT", message, limit === undefined ? {} : { limit });
