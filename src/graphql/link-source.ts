import type { Link } from "../domain/graph/node";

/** What the fields of a link's type are read from: its properties side by side with its node, as a node has its fields. */
export interface LinkSource extends Pick<Link, "node" | "because"> {
  readonly [property: string]: unknown;
}

export const linkSource = ({ node, properties, because }: Link): LinkSource =>
  because ? { ...properties, node, because } : { ...properties, node };
