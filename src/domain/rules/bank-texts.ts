import type { Properties } from "../graph/node";
import type { NodeId } from "../ids";
import type { InlineLink } from "../markdown";
import { edgeKinds } from "../ontology/edge-kinds";
import type { Fields } from "../ontology/field";
import { nodeKinds } from "../ontology/node-kinds";
import type { Bank, BankView } from "./bank-view";
import { type Breach, linkPlace } from "./finding";

/** A Markdown text of the bank, and where it stands. */
export interface PlacedText extends Pick<Breach, "node" | "path"> {
  readonly text: string;
}

/** An inline link, and where its text stands. */
interface PlacedLink extends Pick<Breach, "node" | "path"> {
  readonly link: InlineLink;
}

/** The prose of the bank's nodes, in their order. */
export function* textsOfNodes(bank: Bank): Iterable<PlacedText> {
  for (const { id, kind, fields, texts } of bank.nodes.values())
    yield* textsIn(nodeKinds[kind].fields, { ...fields, ...texts }, id, []);
}

/** All prose of the bank: of nodes, then of links. */
export function* bankTexts(bank: Bank): Iterable<PlacedText> {
  yield* textsOfNodes(bank);
  for (const edge of bank.edges) {
    const { node, path } = linkPlace(edge);
    yield* textsIn(edgeKinds[edge.edge].properties, edge.properties, node, path);
  }
}

/** The inline links in all prose of the bank, of nodes, then of links. */
export function* linksInTexts(bank: BankView): Iterable<PlacedLink> {
  for (const { node, path, text } of bankTexts(bank))
    for (const link of bank.prose(text).links) yield { node, path, link };
}

function* textsIn(specs: Fields, values: Properties, node: NodeId, path: Breach["path"]): Iterable<PlacedText> {
  for (const [name, field] of Object.entries(specs)) {
    const value = values[name];
    if (!field.prose || value === undefined) continue;
    const texts = Array.isArray(value) ? (value as readonly string[]) : null;
    if (texts) for (const [index, text] of texts.entries()) yield { node, path: [...path, name, index], text };
    else yield { node, path: [...path, name], text: value as string };
  }
}
