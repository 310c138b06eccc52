import neo4j from "neo4j-driver";
import { type Context, loaders, type Row } from "./plain-source";

export function neo4jSource(uri: string): () => Context {
  const driver = neo4j.driver(uri, undefined, { disableLosslessIntegers: true });
  const rows = async (cypher: string, parameters: Record<string, unknown>) => {
    const session = driver.session({ defaultAccessMode: neo4j.session.READ });
    try {
      return (await session.run(cypher, parameters)).records.map((record) => record.get("row") as Row);
    } finally {
      await session.close();
    }
  };
  return () => ({
    related: loaders(async (ids, type, direction, order) => {
      const [left, right] = direction === "out" ? ["-", "->"] : ["<-", "-"];
      const cypher = `UNWIND $ids AS id MATCH (n:_Node {_id: id})
        RETURN {_id: id, links: COLLECT { MATCH (n)${left}[r:${type}]${right}(m) RETURN m {.*, edge: properties(r)} ORDER BY ${order ? "r.order" : "m._id"} }} AS row`;
      const found = new Map((await rows(cypher, { ids })).map((row) => [row._id, row["links"] as Row[]]));
      return ids.map((id) => found.get(id));
    }),
    bySlug: (kind, slug) => rows(`MATCH (n:${kind} {slug: $slug}) RETURN properties(n) AS row`, { slug }),
    byTitle: (kind, skip, first) =>
      rows(`MATCH (n:${kind}) RETURN properties(n) AS row ORDER BY n.title SKIP $skip LIMIT $first`, {
        skip: neo4j.int(skip),
        first: neo4j.int(first),
      }),
  });
}
