import type { NodeId } from "../ids";
import { type InlineLink, inlineLinks } from "../markdown";
import { edgeKinds } from "../ontology/edge-kinds";
import type { Fields } from "../ontology/field";
import { nodeKinds } from "../ontology/node-kinds";
import type { Properties } from "../graph/node";
import type { Bank } from "./bank-view";
import type { Breach } from "./finding";
import { linkPlace } from "./link-place";

/** An inline link, and where its text stands. */
export interface PlacedLink extends Pick<Breach, "node" | "path"> {
  readonly link: InlineLink;
}

/** The inline links in all prose of the bank: of nodes, in their order, then of links. */
export function* linksInTexts(bank: Bank): Iterable<PlacedLink> {
  for (const { id, kind, fields, texts } of bank.nodes.values())
    yield* linksIn(nodeKinds[kind].fields, { ...fields, ...texts }, id, []);
  for (const edge of bank.edges) {
    const { node, path } = linkPlace(edge);
    yield* linksIn(edgeKinds[edge.edge].properties, edge.properties, node, path);
  }
}

function* linksIn(specs: Fields, values: Properties, node: NodeId, path: Breach["path"]): Iterable<PlacedLink> {
  for (const [name, field] of Object.entries(specs)) {
    const value = values[name];
    if (!field.prose || value === undefined) continue;
    const texts: readonly [Breach["path"], string][] = Array.isArray(value)
      ? value.map((text, index) => [[...path, name, index], text as string])
      : [[[...path, name], value as string]];
    for (const [place, text] of texts) for (const link of inlineLinks(text)) yield { node, path: place, link };
  }
}
