import type { Database } from "../domain/database";

/**
 * Called with the method when a store call begins. Returns a function that is called at its end, with the error if one
 * was thrown.
 */
export type StoreObserver = (call: string) => (error?: unknown) => void;

/** Methods that are not observed: they are read page by page, for as long as their readers like. */
const paged: ReadonlySet<string> = new Set(["scan", "inspect"]);

/**
 * Returns the same database with observed calls, including those of its readers, drafts and keys, but not `scan` and
 * `inspect`. Calls are named `commit`, `keys.add` and so on.
 */
export const observedDatabase = (database: Database, observe: StoreObserver): Database =>
  observed(database, observe, "", {
    reader: (options?: Parameters<Database["reader"]>[0]) => observed(database.reader(options), observe, ""),
    drafts: observed(database.drafts, observe, "drafts."),
    keys: observed(database.keys, observe, "keys."),
  });

/** Observes every method of the target, so that a method added to the port needs no line here. */
function observed<T extends object>(
  target: T,
  observe: StoreObserver,
  prefix: string,
  instead: Partial<Readonly<T>> = {},
): T {
  return new Proxy(target, {
    get: (_, name) => {
      if (Object.hasOwn(instead, name)) return instead[name as keyof T];
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...given: unknown[]): unknown => {
        if (paged.has(name as string)) return Reflect.apply(member, target, given);
        const end = observe(`${prefix}${name as string}`);
        const result: unknown = Reflect.apply(member, target, given);
        if (result instanceof Promise) result.then(() => end(), end);
        else end();
        return result;
      };
    },
  });
}
