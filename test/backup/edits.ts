import type { ApiKey } from "../../src/domain/access/key-store";
import type { ChangeSet } from "../../src/domain/changes/change-set";
import type { Draft, RepeatKey } from "../../src/domain/drafts/draft-store";
import type { CommitOptions } from "../../src/domain/graph/port";
import { anApiKey } from "../builders/api-keys";
import { aChangeSet } from "../builders/changes";
import { aDraft } from "../builders/drafts";
import { aLink } from "../builders/links";
import { aConcept } from "../builders/nodes";

/** Something of everything that a store keeps: a draft under a key, a commit that publishes it, and an API key. */
export interface Edit {
  readonly draft: Draft;
  readonly save: RepeatKey & { readonly result: string };
  readonly commit: readonly [ChangeSet, CommitOptions];
  readonly apiKey: ApiKey;
}

/** The same for the same writer and number, so that whoever knows both can ask whether it is there. */
export function editOf(writer: string, n: number): Edit {
  const name = `${writer}-${n}`;
  const [first, second] = [`first-${name}`, `second-${name}`];
  return {
    draft: aDraft({ id: name, author: `key:${writer}` }),
    save: { principal: `key:${writer}`, key: `save-${n}`, inputHash: "h", result: JSON.stringify(name) },
    commit: [
      aChangeSet([
        aConcept({ slug: first, explanation: "At length. ".repeat(50).trim() }),
        aConcept({ slug: second }),
        aLink("PREREQUISITE_OF", `Concept:${first}`, `Concept:${second}`),
      ]),
      {
        idempotencyKey: `commit-${n}`,
        actor: { kind: "person", name: writer },
        publishes: { draft: name, version: 1 },
      },
    ],
    apiKey: anApiKey({ id: name }),
  };
}
