import type { NodeId } from "../../domain/ids";
import { type DerivedRelation, type EdgeRelation, type RelationName, relations } from "../../domain/ontology/relations";
import { type EdgeEnds, endsOf, ofTargets } from "./edge-ends";
import { closed, joined, quoted, rowsOf, type Sql, sql } from "./sql";

type Alternative = DerivedRelation["derived"]["alternatives"][number];

/** What makes the derived links of the owners: rows of `owner`, `target`, `because`, `reason`, each once. */
export function derivedRows(relation: DerivedRelation, owners: readonly NodeId[]): Sql {
  const chains = relation.derived.alternatives.flatMap((alternative) =>
    waysOf(alternative).map((ways) => chain(alternative, ways, owners)),
  );
  return sql`SELECT DISTINCT * FROM (${joined(chains, " UNION ALL ")})`;
}

interface Way {
  readonly relation: EdgeRelation;
  readonly ends: EdgeEnds;
}

/** The chains of edge ends that the steps stand for; more than one where a step is undirected. */
function waysOf({ steps }: Alternative): readonly (readonly Way[])[] {
  let ways: readonly (readonly Way[])[] = [[]];
  for (const step of steps) {
    const relation = relations[step as RelationName] as EdgeRelation;
    ways = ways.flatMap((way) => endsOf(relation).map((ends) => [...way, { relation, ends }]));
  }
  return ways;
}

// CROSS JOIN keeps the order of the steps; left to itself, SQLite may begin with every edge of a kind.
function chain({ because }: Alternative, ways: readonly Way[], owners: readonly NodeId[]): Sql {
  const reached = (step: number): Sql =>
    step === 0 ? closed("owner.value") : sql`step${closed(String(step))}.${(ways[step - 1] as Way).ends.other}`;
  const joins = ways.map(({ relation, ends }, index) => {
    const step = closed(`step${index + 1}`);
    return sql`CROSS JOIN edge AS ${step} ON ${step}.kind = ${quoted(relation.edge)} AND ${step}.${ends.owner} = ${reached(index)} AND ${ofTargets(relation, sql`${step}.${ends.other}`)}`;
  });
  const reason = because.reason === undefined ? sql`NULL` : closed(`step${because.reason}.properties ->> 'reason'`);
  return sql`SELECT owner.value AS owner, ${reached(ways.length)} AS target, ${reached(because.node)} AS because, ${reason} AS reason
    FROM ${rowsOf(owners)} AS owner ${joined(joins, " ")}`;
}
