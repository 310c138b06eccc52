import type { NodeId } from "../../../domain/ids";
import { nodeById, type Statement } from "./statement";

/**
 * A statement about nodes by id: one row per existing node, keyed by its id, with the value of an expression on the
 * node `p`.
 */
export interface PerNode extends Statement {
  readonly ids: readonly NodeId[];
  readonly value: string;
  readonly given: Readonly<Record<string, unknown>>;
}

/** Returns the statement for an expression. `given` holds the parameters in the expression. */
export const perNode = (
  ids: readonly NodeId[],
  value: string,
  given: Readonly<Record<string, unknown>> = {},
): PerNode => ({
  text: rows("$ids", value),
  parameters: { ids, ...given },
  ids,
  value,
  given,
});

const rows = (ids: string, value: string): string =>
  `UNWIND ${ids} AS id ${nodeById("p", "id")} RETURN id AS key, ${value} AS value`;

/**
 * Several statements in one. Statements about the same list of nodes form a group, whose nodes are looked up once. The
 * value of a row holds the number of its group, then the values of the group's statements in the order of `groups`,
 * which holds their indexes.
 */
export interface Together extends Statement {
  readonly groups: readonly (readonly number[])[];
}

export function together(statements: readonly PerNode[]): Together {
  const groups = groupedByNodes(statements);
  const parameters: Record<string, unknown> = {};
  const values = statements.map(({ value, given }, index) => {
    for (const [name, each] of Object.entries(given)) parameters[`s${index}_${name}`] = each;
    return value.replaceAll(/\$(\w+)/g, `$s${index}_$1`);
  });
  const parts = groups.map((members, group) => {
    parameters[`ids${group}`] = statements[members[0]!]!.ids;
    return rows(`$ids${group}`, `[${[group, ...members.map((member) => values[member])].join(", ")}]`);
  });
  return { text: parts.join(" UNION ALL "), parameters, groups };
}

function groupedByNodes(statements: readonly PerNode[]): number[][] {
  const groups: number[][] = [];
  statements.forEach(({ ids }, index) => {
    const group = groups.find((members) => isSame(statements[members[0]!]!.ids, ids));
    if (group) group.push(index);
    else groups.push([index]);
  });
  return groups;
}

const isSame = (a: readonly NodeId[], b: readonly NodeId[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
