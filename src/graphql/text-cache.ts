import { ByteCache, type CacheUsage, textBytes } from "../domain/byte-cache";
import type { GraphView } from "../domain/graph/graph-view";
import type { GraphReader } from "../domain/graph/port";
import { batchedLinks } from "./batched-links";
import type { Links } from "./links";

type Texts = Readonly<Record<string, string>>;

/** Long texts, which the graph in memory leaves out, as they were read last. */
export interface TextCache {
  readonly usage: CacheUsage;
  /** The texts of nodes as one request sees them; the reader is made when the first text has to be read. */
  over(view: GraphView, createReader: () => GraphReader): Links["texts"];
}

/** A node that changes is another entry, so nothing has to be dropped by hand. */
export function createTextCache(maxBytes: number): TextCache {
  const kept = new ByteCache<string, Texts>("texts", maxBytes);
  return {
    usage: kept,
    over: (view, createReader) => {
      let read: Links["texts"] | undefined;
      return (id) => {
        const node = view.node(id);
        if (!node) return {};
        const key = `${id} ${node.changedIn}`;
        const known = kept.get(key);
        if (known) return known;
        read ??= batchedLinks(createReader()).texts;
        return Promise.resolve(read(id)).then((texts) => {
          kept.set(key, texts, textBytes(key) + bytesOf(texts));
          return texts;
        });
      };
    },
  };
}

/** An object of a few properties, and their values. */
const bytesOf = (texts: Texts): number => Object.values(texts).reduce((total, text) => total + 8 + textBytes(text), 56);
