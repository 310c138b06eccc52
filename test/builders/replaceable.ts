import type { Database } from "../../src/domain/database";

/** A database in whose place another one can be put while it is used, as a restore does. */
export function replaceable(first: Database): { readonly store: Database; replace(by: Database): void } {
  let current = first;
  const store = new Proxy(first, {
    get: (_, key) => {
      const value: unknown = Reflect.get(current, key);
      return typeof value === "function" ? (value.bind(current) as unknown) : value;
    },
  });
  return { store, replace: (by) => void (current = by) };
}
