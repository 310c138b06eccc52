import type { AppliedChange, NodeState } from "../domain/changes/change-set";
import { ByteCache, type CacheUsage, textBytes } from "../domain/byte-cache";
import type { GraphView } from "../domain/graph/graph-view";
import type { Revision } from "../domain/graph/node";
import type { GraphReader } from "../domain/graph/port";
import type { NodeId } from "../domain/ids";
import { kindsWithTexts } from "../domain/ontology/node-kinds";
import { batchedLinks } from "./batched-links";
import type { Links } from "./links";

type Texts = Readonly<Record<string, string>>;

/**
 * Long texts, which the graph in memory leaves out: all of them where they fit, else those that were read last. An entry is
 * for a node and the revision that changed it, so a node that changes is another entry.
 */
export class TextCache {
  private kept: ByteCache<string, Texts>;
  private isLoaded = false;
  /** Some text found no room, or had to make room for another one. */
  private isShort = false;
  /** Entries of what the last commit changed. Requests that began before it still ask for them. */
  private replaced: string[] = [];
  readonly usage: CacheUsage;

  constructor(private readonly maxBytes: number) {
    this.kept = this.created();
    this.usage = { name: "texts", maxBytes, bytes: () => this.kept.bytes(), entries: () => this.kept.entries() };
  }

  /** Whether each text of the graph that is served is at hand. */
  get holdsAll(): boolean {
    return this.isLoaded && !this.isShort;
  }

  /** The texts of nodes as one request sees them; the reader is made when the first text has to be read. */
  over(view: GraphView, createReader: () => GraphReader): Links["texts"] {
    const { kept } = this;
    let read: Links["texts"] | undefined;
    return (id) => {
      const node = view.node(id);
      if (!node || !kindsWithTexts.has(node.kind)) return noTexts;
      const key = keyOf(id, node.changedIn);
      const known = kept.get(key);
      if (known) return known;
      read ??= batchedLinks(createReader()).texts;
      return Promise.resolve(read(id)).then((texts) => {
        // Where all are there, this one has been replaced.
        if (!this.holdsAll) kept.set(key, texts, bytesOf(key, texts));
        return texts;
      });
    };
  }

  /** Begins to load the texts of a graph. What was kept of another one goes, since revisions of that were others. */
  restart(): void {
    this.kept = this.created();
    this.isLoaded = this.isShort = false;
    this.replaced = [];
  }

  /** Keeps the texts of a node as the revision left it, as long as there is room for all that come. */
  put({ id, kind, texts }: NodeState, revision: Revision): void {
    if (this.isShort || !kindsWithTexts.has(kind)) return;
    const key = keyOf(id, revision);
    const bytes = bytesOf(key, texts);
    if (!this.kept.hasRoomFor(bytes) || !this.kept.set(key, texts, bytes)) this.isShort = true;
  }

  /** Each node of the graph has been put. */
  loaded(): void {
    this.isLoaded = true;
  }

  /** The changes that made a revision, and the graph before them. */
  apply(changes: readonly AppliedChange[], revision: Revision, before: GraphView): void {
    for (const key of this.replaced) this.kept.delete(key);
    this.replaced = [];
    for (const change of changes) {
      if (!("node" in change)) continue;
      const known = before.node(change.node);
      if (known) this.replaced.push(keyOf(known.id, known.changedIn));
      if (change.after) this.put(change.after, revision);
    }
  }

  private created(): ByteCache<string, Texts> {
    const cache: ByteCache<string, Texts> = new ByteCache("texts", this.maxBytes, {
      evicted: () => (this.isShort ||= cache === this.kept),
    });
    return cache;
  }
}

const noTexts: Texts = Object.freeze({});

const keyOf = (id: NodeId, changedIn: Revision): string => `${id} ${changedIn}`;

/** The key, an object of a few properties, and their values. */
const bytesOf = (key: string, texts: Texts): number =>
  Object.values(texts).reduce((total, text) => total + 8 + textBytes(text), 56 + textBytes(key));
