import { Session, Transaction } from "neo4j-driver";
import { SqliteConnection } from "../../src/store/sqlite/connection";
import type { Sql } from "../../src/store/sqlite/sql";

/** The texts of all statements that are prepared, or sent to Neo4j, from the call to `stop`. */
export interface Catalogue {
  readonly texts: ReadonlySet<string>;
  stop(): void;
}

export function watchStatements(): Catalogue {
  const texts = new Set<string>();
  const spies = [
    noting(SqliteConnection.prototype, "prepared", texts),
    noting(Session.prototype, "run", texts),
    noting(Transaction.prototype, "run", texts),
  ];
  return { texts, stop: () => spies.forEach((spy) => spy.mockRestore()) };
}

function noting(target: object, method: string, texts: Set<string>): jest.SpyInstance {
  const original = (target as Record<string, (...args: unknown[]) => unknown>)[method]!;
  return jest.spyOn(target as never, method as never).mockImplementation(function (this: unknown, ...args: unknown[]) {
    texts.add(typeof args[0] === "string" ? args[0] : (args[0] as Sql).text);
    return original.apply(this, args);
  } as never);
}
