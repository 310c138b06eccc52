import type { Database } from "../../../src/domain/database";
import { perUnit } from "../../../src/graphql/limits/meter";
import { InvertedIndex } from "../../../src/search/inverted-index";
import { Prefixes } from "../../../src/search/parse-query";
import { Vocabulary } from "../../../src/search/vocabulary";
import type { StoredLink } from "../../../src/store/memory/adjacency";
import { ReadModel } from "../../../src/store/memory/read-model";

/** What the parts of the server that hold the bank were asked for, whatever the meter knows of it. */
class Touched {
  /** Nodes that were looked up, and lists of links. */
  lookUps = 0;
  /** Links that were read from lists, nodes that were read in order, postings, and words that were compared. */
  items = 0;
  /** Heads of the log, and drafts. */
  heads = 0;
  /** Characters of parts of the log. */
  logCharacters = 0;
  /** Characters of long texts. */
  textCharacters = 0;
}

/** Objects of an answer that are written out in a unit's time: a link and its node are two. The schema's own are on hand. */
const objectsPerUnit = { bank: 4, schema: 12 } as const;

/** In units of cost, by the weights of the meter. */
export const unitsOf = (touched: Touched, data: object | null | undefined): number =>
  touched.lookUps / perUnit.lookUps +
  touched.items / perUnit.items +
  touched.heads +
  touched.logCharacters / perUnit.logBytes +
  touched.textCharacters / perUnit.bytes +
  Object.entries(data ?? {}).reduce(
    (sum, [field, each]) => sum + objectsIn(each) / objectsPerUnit[field.startsWith("__") ? "schema" : "bank"],
    0,
  );

function objectsIn(data: unknown): number {
  if (typeof data !== "object" || data === null) return 0;
  const inner = Object.values(data).reduce<number>((sum, each) => sum + objectsIn(each), 0);
  return Array.isArray(data) ? inner : inner + 1;
}

/** Counts at the bottom, in the classes that hold the bank, from `watch` to `stop`. One at a time. */
export class Counter {
  private touched = new Touched();
  private readonly restore: (() => void)[] = [];
  private readonly watched = new WeakMap<readonly StoredLink[], readonly StoredLink[]>();

  /** What was touched since the last call. */
  take(): Touched {
    const { touched } = this;
    this.touched = new Touched();
    return touched;
  }

  stop(): void {
    for (const each of this.restore.splice(0)) each();
  }

  /** For lists that are read in another form than the one in which they were given. */
  readonly items = (count: number): void => void (this.touched.items += count);

  watch(): void {
    this.replace(ReadModel.prototype, "node", (node) => {
      const count = () => void this.touched.lookUps++;
      return function (this: ReadModel, ...args) {
        count();
        return node.apply(this, args);
      };
    });
    this.replace(ReadModel.prototype, "end", (end) => {
      const count = () => void this.touched.lookUps++;
      return function (this: ReadModel, ...args) {
        count();
        return end.apply(this, args);
      };
    });
    this.replace(ReadModel.prototype, "links", (links) => {
      const counted = (list: readonly StoredLink[]) => this.countedLinks(list);
      return function (this: ReadModel, ...args) {
        return counted(links.apply(this, args));
      };
    });
    this.replace(ReadModel.prototype, "nodesInOrder", (nodesInOrder) => {
      const { items } = this;
      return function (this: ReadModel, ...args) {
        const nodes = nodesInOrder.apply(this, args);
        const counted: typeof nodes = { length: nodes.length, at: (index) => (items(1), nodes.at(index)) };
        return counted;
      };
    });
    this.replace(InvertedIndex.prototype, "read", (read) => {
      const { items } = this;
      return function (this: InvertedIndex, ...args) {
        const count = read.apply(this, args);
        items(count);
        return count;
      };
    });
    this.replace(Prefixes.prototype, "startingWith", (startingWith) => {
      const { items } = this;
      return function (this: Prefixes, ...args) {
        const terms = startingWith.apply(this, args);
        items(terms.length);
        return terms;
      };
    });
    this.replace(Vocabulary.prototype, "near", (near) => {
      const { items } = this;
      return function (this: Vocabulary, ...args) {
        items(this.size);
        return near.apply(this, args);
      };
    });
  }

  /** The database, whose log, drafts and texts are counted as they are read. */
  over(database: Database): Database {
    const heads = <T>(found: T, count: number): T => {
      this.touched.heads += count;
      return found;
    };
    const reader: Database["reader"] = (options) => {
      const inner = database.reader(options);
      const texts: typeof inner.texts = async (ids) => {
        const found = await inner.texts(ids);
        for (const each of found.values())
          for (const text of Object.values(each)) this.touched.textCharacters += text.length;
        return found;
      };
      return overlaid(inner, { texts });
    };
    return overlaid(database, {
      reader,
      drafts: overlaid(database.drafts, {
        draft: async (id) => heads(await database.drafts.draft(id), 1),
        drafts: async (query) => {
          const found = await database.drafts.drafts(query);
          return heads(found, found.length);
        },
      }),
      log: async (query) => {
        const found = await database.log(query);
        return heads(found, found.length);
      },
      history: async (id, page) => {
        const found = await database.history(id, page);
        return heads(found, found.commits.length);
      },
      parts: async (query) => {
        const parts = await database.parts(query);
        for (const { text } of parts) this.touched.logCharacters += text.length;
        return parts;
      },
    });
  }

  /** The list, of which each link counts as it is read: many a list is read to the end of a page alone. */
  private countedLinks(list: readonly StoredLink[]): readonly StoredLink[] {
    this.touched.lookUps++;
    let watched = this.watched.get(list);
    if (!watched) {
      watched = new Proxy(list, {
        get: (target, key, receiver) => {
          if (typeof key === "string" && key.charCodeAt(0) <= 57) this.touched.items++;
          return Reflect.get(target, key, receiver) as unknown;
        },
      });
      this.watched.set(list, watched);
    }
    return watched;
  }

  private replace<T extends object, K extends keyof T>(target: T, name: K, change: (method: T[K]) => T[K]): void {
    const method = target[name];
    target[name] = change(method);
    this.restore.push(() => void (target[name] = method));
  }
}

/** The object with some of its methods replaced; the others find it as it is. */
const overlaid = <T extends object>(target: T, changes: Partial<T>): T =>
  new Proxy(target, {
    get: (inner, key) => {
      if (Object.hasOwn(changes, key)) return changes[key as keyof T];
      const value = inner[key as keyof T];
      return typeof value === "function" ? (value as () => unknown).bind(inner) : value;
    },
  });
