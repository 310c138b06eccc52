import type { Slug } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";

/**
 * A file of a bank's folder, with the kind and slug that its path names: `questions/bloom-filter-before-the-disk.md`.
 */
export interface BankFile {
  /** The path relative to the bank's folder, with `/`. */
  readonly path: string;
  readonly kind: NodeKind;
  readonly slug: Slug;
  readonly text: string;
}
