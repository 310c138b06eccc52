import type { Database } from "./domain/database";
import { DomainError } from "./domain/errors";

/** Calls that are let through: they read page by page, prepare or end the store, or find out that it is back. */
const passed: ReadonlySet<string> = new Set(["scan", "inspect", "migrate", "settle", "ping", "close"]);

/**
 * The same database, whose calls fail at once with STORE_UNAVAILABLE while it is known not to answer, where each would
 * have waited for it: those of its readers, drafts and keys too.
 */
export const withCircuitBreaker = (database: Database, isAway: () => boolean): Database =>
  guarded(database, isAway, {
    reader: (options?: Parameters<Database["reader"]>[0]) => guarded(database.reader(options), isAway),
    drafts: guarded(database.drafts, isAway),
    keys: guarded(database.keys, isAway),
  });

function guarded<T extends object>(target: T, isAway: () => boolean, instead: Partial<Readonly<T>> = {}): T {
  return new Proxy(target, {
    get: (_, name) => {
      if (Object.hasOwn(instead, name)) return instead[name as keyof T];
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || passed.has(name as string)) return member;
      return (...given: unknown[]): unknown =>
        isAway()
          ? Promise.reject(new DomainError("STORE_UNAVAILABLE", "The store has not answered when it was asked last."))
          : Reflect.apply(member, target, given);
    },
  });
}
