import type { ListQuery } from "../../domain/graph/port";
import { candidates } from "./candidates";
import { filter } from "./filter";
import type { SqliteSnapshot } from "./snapshot";
import { sql } from "./sql";

/** See `GraphReader.count`. */
export function count(snapshot: SqliteSnapshot, { kind, where }: Pick<ListQuery, "kind" | "where">): number {
  const matching = filter([kind], where);
  const { condition } = candidates(snapshot, kind, where);
  const [found] = snapshot.connection.row<[number]>(
    sql`SELECT count(*) FROM node WHERE ${condition} AND ${matching}`,
  ) as [number];
  return found;
}
