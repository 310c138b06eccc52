import type { KeyValueCache } from "@apollo/utils.keyvaluecache";
import { type DocumentNode, Token, TokenKind, visit } from "graphql";
import { ByteCache, type CacheUsage, textBytes } from "../domain/byte-cache";

/**
 * Bytes of a node of a document, without its tokens and with what is worked out of it for costs: 230 to 280 and 40 in the
 * operations of `test/operations`, by the growth of the heap over 800 documents (`--expose-gc`, Node 20).
 */
const bytesPerNode = 320;

/** The documents that were found valid, by the server that found them so and their text. */
export class DocumentCache {
  private readonly kept: ByteCache<string, DocumentNode>;

  constructor(maxBytes: number, evicted: (document: DocumentNode) => void) {
    this.kept = new ByteCache("documents", maxBytes, { evicted: (_, document) => evicted(document) });
  }

  get usage(): CacheUsage {
    return this.kept;
  }

  /** What a server keeps its documents in. Names of servers must differ: what one lets through another may refuse. */
  storeOf(server: string): KeyValueCache<DocumentNode> {
    const keyOf = (key: string) => `${server} ${key}`;
    return {
      get: (key) => Promise.resolve(this.kept.get(keyOf(key))),
      set: (key, document) => {
        const bytes = bytesPerNode * dropTokens(document) + textBytes(document.loc?.source.body ?? "");
        this.kept.set(keyOf(key), document, bytes + textBytes(keyOf(key)));
        return Promise.resolve();
      },
      delete: (key) => Promise.resolve(this.kept.delete(keyOf(key))),
    };
  }
}

const noToken = new Token(TokenKind.SOF, 0, 0, 0, 0);

/**
 * Takes out of a document the tokens that it was parsed from, a third of its size; errors still find their place. Returns
 * how many nodes it has.
 */
function dropTokens(document: DocumentNode): number {
  let nodes = 0;
  visit(document, {
    enter: ({ loc }) => {
      nodes++;
      if (loc) Object.assign(loc, { startToken: noToken, endToken: noToken });
    },
  });
  return nodes;
}

/** How many nodes a document has. */
export function countNodes(document: DocumentNode): number {
  let nodes = 0;
  visit(document, { enter: () => void nodes++ });
  return nodes;
}
