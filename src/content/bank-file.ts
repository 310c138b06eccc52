import type { Slug } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";

/** A file of a bank's folder, with the node that its path names. */
export interface BankFile {
  /** Relative to the bank's folder, with `/`. */
  readonly path: string;
  readonly kind: NodeKind;
  readonly slug: Slug;
  readonly text: string;
}
