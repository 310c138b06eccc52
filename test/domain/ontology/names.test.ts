import type { EdgeKindSpec } from "../../../src/domain/ontology/edge-kind";
import { edgeKindNames, edgeKinds } from "../../../src/domain/ontology/edge-kinds";
import type { Field } from "../../../src/domain/ontology/field";
import { nodeKindNames, nodeKinds } from "../../../src/domain/ontology/node-kinds";
import { isEdgeRelation, relations, relationsOf } from "../../../src/domain/ontology/relations";

const fieldsOf = (kind: (typeof nodeKindNames)[number]) => nodeKinds[kind].fields as Readonly<Record<string, Field>>;

describe("the names of the ontology", () => {
  it("do not let a field hide a node's identity or bookkeeping", () => {
    const taken = ["id", "kind", "slug", "formerSlugs", "changedIn"];
    expect(
      nodeKindNames.flatMap((kind) => taken.filter((name) => name in fieldsOf(kind)).map((name) => `${kind}.${name}`)),
    ).toEqual([]);
  });

  it("do not let a relation hide a field, or two relations of a kind have one name", () => {
    for (const kind of nodeKindNames) {
      const names = [...Object.keys(fieldsOf(kind)), ...relationsOf(kind).map((relation) => relation.field)];
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });

  it("lead from both ends of every edge kind, once for each kind at the other end", () => {
    for (const edge of edgeKindNames) {
      const spec: EdgeKindSpec = edgeKinds[edge];
      const seen = Object.values(relations)
        .filter((relation) => isEdgeRelation(relation) && relation.edge === edge)
        .filter(isEdgeRelation);
      const ways = (direction: string) =>
        seen
          .filter((each) => each.direction === direction)
          .flatMap((each) => each.targets.map((target) => `${each.owner} ${target}`))
          .sort();
      const pairs = (froms: readonly string[], tos: readonly string[]) =>
        froms.flatMap((from) => tos.map((to) => `${from} ${to}`)).sort();
      if (spec.undirected)
        expect([edge, ways("both")]).toEqual([edge, spec.from.map((kind) => `${kind} ${kind}`).sort()]);
      else
        expect([edge, ways("out"), ways("in")]).toEqual([edge, pairs(spec.from, spec.to), pairs(spec.to, spec.from)]);
    }
  });

  it("of the steps of derived relations follow on one another, from the owner to the target", () => {
    for (const relation of Object.values(relations)) {
      if (isEdgeRelation(relation)) continue;
      for (const { steps, because } of relation.derived.alternatives) {
        let kind: string = relation.owner;
        for (const step of steps) {
          const next = relations[step as keyof typeof relations];
          expect([relation.name, step, next?.owner]).toEqual([relation.name, step, kind]);
          kind = next.targets[0] ?? "";
        }
        expect([relation.name, kind]).toEqual([relation.name, relation.targets[0]]);
        expect(because.node).toBeLessThan(steps.length);
      }
    }
  });
});
