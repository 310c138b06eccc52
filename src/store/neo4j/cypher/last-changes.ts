import { edgeByEnds, found, labels, nodeById, type Statement } from "./statement";

const told = (item: string, removed: boolean): string =>
  `${found("c", labels.commit, { revision: item })} RETURN subject AS key, [c.revision, c.actorKind, c.actorName, ${removed}] AS value`;

/** The commits that last changed the subjects: statements that together have a row for each that ever was. */
export function lastChangesStatements(subjects: readonly string[]): readonly Statement[] {
  const edges = subjects.flatMap((subject) => {
    const [edge, from, to] = subject.split(" ");
    return to === undefined ? [] : [{ subject, edge, from, to }];
  });
  return [
    {
      text: `UNWIND $subjects AS subject ${nodeById("n", "subject")} ${told("n._revision", false)}`,
      parameters: { subjects: subjects.filter((subject) => !subject.includes(" ")) },
    },
    {
      text:
        `UNWIND $edges AS edge ${edgeByEnds("edge")} ` +
        `WITH edge.subject AS subject, r._revision AS revision ${told("revision", false)}`,
      parameters: { edges },
    },
    {
      text: `UNWIND $subjects AS subject ${found("t", labels.tombstone, { subject: "subject" })} ${told("t.revision", true)}`,
      parameters: { subjects },
    },
  ];
}
