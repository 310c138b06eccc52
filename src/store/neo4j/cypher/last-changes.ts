import { type EdgeKind, edgeKinds } from "../../../domain/ontology/edge-kinds";
import { grouped } from "../grouped";
import { edgeByEnds, found, labels, nodeById, type Statement } from "./statement";

const told = (item: string, removed: boolean): string =>
  `${found("c", labels.commit, { revision: item })} RETURN subject AS key, [c.revision, c.actorKind, c.actorName, ${removed}] AS value`;

/** The commits that last changed the subjects: statements that together have a row for each that ever was. */
export function lastChangesStatements(subjects: readonly string[]): readonly Statement[] {
  const ends = subjects.map((subject) => [subject, ...subject.split(" ")] as const);
  const edges = grouped(
    ends.filter(([, edge, ...rest]) => rest.length === 2 && Object.hasOwn(edgeKinds, edge!)),
    ([, edge]) => edge as EdgeKind,
  );
  const nodes = ends.flatMap(([subject, ...parts]) => (parts.length === 1 ? [subject] : []));
  return [
    ...(nodes.length > 0 ? [lastChangesOfNodes(nodes)] : []),
    ...[...edges].map(([edge, of]) =>
      lastChangesOfEdges(
        edge,
        of.map(([subject, , from, to]) => [subject, from!, to!]),
      ),
    ),
    lastRemovals(subjects),
  ];
}

const lastChangesOfNodes = (subjects: readonly string[]): Statement => ({
  text: `UNWIND $subjects AS subject ${nodeById("n", "subject")} ${told("n._revision", false)}`,
  parameters: { subjects },
});

const lastChangesOfEdges = (edge: EdgeKind, ends: readonly (readonly [string, string, string])[]): Statement => ({
  text:
    `UNWIND $ends AS ends ${edgeByEnds(edge, "ends[1]", "ends[2]")} ` +
    `WITH ends[0] AS subject, r._revision AS revision ${told("revision", false)}`,
  parameters: { ends },
});

const lastRemovals = (subjects: readonly string[]): Statement => ({
  text: `UNWIND $subjects AS subject ${found("t", labels.tombstone, { subject: "subject" })} ${told("t.revision", true)}`,
  parameters: { subjects },
});
