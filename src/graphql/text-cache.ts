import { LRUCache } from "lru-cache";
import type { GraphView } from "../domain/graph/graph-view";
import type { GraphReader } from "../domain/graph/port";
import { batchedLinks } from "./batched-links";
import type { Links } from "./links";

/** Characters of text that are kept. */
const keptCharacters = 20_000_000;

type Texts = Readonly<Record<string, string>>;

/** Long texts, which the graph in memory leaves out, as they were read last. */
export interface TextCache {
  /** The texts of nodes as one request sees them; the reader is made when the first text has to be read. */
  over(view: GraphView, createReader: () => GraphReader): Links["texts"];
}

/** A node that changes is another entry, so nothing has to be dropped by hand. */
export function createTextCache(maxCharacters = keptCharacters): TextCache {
  const kept = new LRUCache<string, Texts>({
    maxSize: maxCharacters,
    sizeCalculation: (texts) => Object.values(texts).reduce((total, text) => total + text.length, 1),
  });
  return {
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
          kept.set(key, texts);
          return texts;
        });
      };
    },
  };
}
