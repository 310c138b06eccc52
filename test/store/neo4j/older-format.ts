import type { Neo4jForTests } from "../../neo4j/neo4j-for-tests";

/** Keeps the log as formats 1 and 2 did: each change with the revision before it, and no chain. */
export async function keepAsFormat2(neo4j: Pick<Neo4jForTests, "query">): Promise<void> {
  const parts = await neo4j.query("MATCH (p:_CommitPart) RETURN elementId(p) AS id, p.text AS text");
  for (const { id, text } of parts) {
    const changes = (JSON.parse(text as string) as unknown[]).map((change) => ({ change, previous: null }));
    await neo4j.query(
      "MATCH (p) WHERE elementId(p) = $id SET p = {revision: p.revision, part: p.part, changes: $changes}",
      { id, changes: JSON.stringify(changes) },
    );
  }
  await neo4j.query("MATCH (p:_CommitNodes) DELETE p");
  await neo4j.query(
    "MATCH (c:_Commit) SET c = {revision: c.revision, at: c.at, actorKind: c.actorKind, actorName: c.actorName, title: c.title, draft: c.draft}",
  );
  await neo4j.query("MATCH (h:_Head {name: 'guard'}) DELETE h");
  await neo4j.query("MATCH (h:_Head {name: 'head'}) REMOVE h.hash, h._held SET h.format = 2, h._lock = true");
}
