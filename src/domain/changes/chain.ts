import { createHash } from "node:crypto";
import type { CommitHead } from "./change-set";
import { canonicalJson } from "./hash";
import type { LogPart } from "./log-part";

/** The number of the way in which hashes are made here. */
export const chainFormat = 1;

/** What the hash of an entry covers, apart from its changes and the entry before it. */
export type Sealed = Pick<CommitHead, "revision" | "at" | "actor" | "title" | "draft" | "seal">;

/**
 * The hash of an entry: SHA-256 of the canonical JSON of `{actor, at, changes, draft, format, previous, revision, salt,
 * sealedAt, title}`, where `previous` is the hash of the entry before it ("" for the first one) and absent keys are left
 * out. It is made part by part, since the changes of a large commit take longer than one turn of the event loop.
 *
 * @example
 * const hash = new EntryHash(entry, previous);
 * for (const part of parts) hash.add(part);
 * hash.end();
 */
export class EntryHash {
  private readonly hash = createHash("sha256");
  private isFirst = true;

  constructor(
    private readonly entry: Sealed,
    private readonly previous: string,
  ) {
    const { actor, at } = entry;
    this.hash.update(
      `${canonicalJson({ actor: { kind: actor.kind, name: actor.name }, at }).slice(0, -1)},"changes":[`,
    );
  }

  /** The next part of the changes. */
  add({ text }: Pick<LogPart, "text">): void {
    this.hash.update(this.isFirst ? text.slice(1, -1) : `,${text.slice(1, -1)}`);
    this.isFirst = false;
  }

  end(): string {
    const { draft, revision, title, seal } = this.entry;
    const { format, salt, sealedAt } = seal;
    const rest = { draft, format, previous: this.previous, revision, salt, sealedAt, title };
    return this.hash.update(`],${canonicalJson(rest).slice(1)}`).digest("hex");
  }
}
