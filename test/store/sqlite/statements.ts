import { SqliteConnection } from "../../../src/store/sqlite/connection";
import type { Sql } from "../../../src/store/sqlite/sql";

/** The statements that read while `use` runs, in order; they are run as ever. */
export async function statementsOf(use: () => Promise<unknown>): Promise<readonly Sql[]> {
  const seen: Sql[] = [];
  const spies = (["row", "rows"] as const).map((method) => {
    const original = SqliteConnection.prototype[method] as (this: SqliteConnection, statement: Sql) => unknown;
    return jest.spyOn(SqliteConnection.prototype, method).mockImplementation(function (
      this: SqliteConnection,
      statement: Sql,
    ) {
      seen.push(statement);
      return original.call(this, statement) as never;
    });
  });
  try {
    await use();
    return seen;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The steps of SQLite's plan for a statement, as `EXPLAIN QUERY PLAN` tells them. */
export function planOf(connection: SqliteConnection, { text, values }: Sql): readonly string[] {
  const rows = connection.rows<[number, number, number, string]>({ text: `EXPLAIN QUERY PLAN ${text}`, values });
  return rows.map(([, , , step]) => step);
}

/** Steps that go through a whole table or one of its indexes. */
export const fullScans = (plan: readonly string[]): readonly string[] =>
  plan.filter((step) =>
    /^SCAN (node|node_texts|edge|step\d|slug|tombstone|commit_log|findable|idempotency|draft|repeat_key|api_key)\b/.test(
      step,
    ),
  );

/** Steps that sort rows instead of reading them in the order of an index. */
export const sorts = (plan: readonly string[]): readonly string[] =>
  plan.filter((step) => step.startsWith("USE TEMP B-TREE FOR ORDER BY"));
