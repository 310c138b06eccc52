import { commit } from "../../builders/changes";
import { aQuestion } from "../../builders/nodes";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";

const mismatch = { code: "STORE_MISMATCH" };

describeNeo4j("setting Neo4j up", (neo4j) => {
  it("a database that was never migrated is refused, by ping and by readers and writers", async () => {
    await neo4j.emptyStore();
    await neo4j.query("MATCH (h:_Head) DELETE h");
    const store = neo4j.openStore();
    await expect(store.ping()).rejects.toMatchObject(mismatch);
    await expect(store.reader().revision()).rejects.toMatchObject(mismatch);
    await expect(commit(store, [aQuestion({ slug: "q" })])).rejects.toMatchObject(mismatch);
  });

  it("a database that lacks an index or a constraint is refused until it is migrated again", async () => {
    const store = await neo4j.emptyStore();
    for (const drop of ["DROP INDEX Question_by_titleOrder", "DROP CONSTRAINT ABOUT_unique"]) {
      await neo4j.query(drop);
      await expect(store.ping()).rejects.toMatchObject({
        ...mismatch,
        message: expect.stringContaining(drop.split(" ")[2]!) as string,
      });
      await store.migrate();
      await store.ping();
    }
  }, 60_000);

  it("a format newer than the program's is refused, and left as it is", async () => {
    const store = await neo4j.emptyStore();
    await neo4j.query("MATCH (h:_Head) SET h.format = 99");
    await expect(store.ping()).rejects.toMatchObject(mismatch);
    await expect(store.migrate()).rejects.toMatchObject(mismatch);
    expect(await neo4j.query("MATCH (h:_Head) RETURN h.format AS format")).toEqual([{ format: 99 }]);
  });

  it("nodes written under an ontology with other orders are brought up to this one", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, [
      aQuestion({ slug: "hard", title: "𝒜", difficulty: "HARD" }),
      aQuestion({ slug: "easy", title: "ﬀ", difficulty: "EASY", estimatedMinutes: 5 }),
    ]);
    const kept =
      "MATCH (n:Question) RETURN n._id AS id, n._difficultyRank AS rank, n._titleOrder AS title, n._estimatedMinutesAbsent AS absent ORDER BY id";
    const asWritten = await neo4j.query(kept);
    await neo4j.query(
      "MATCH (n:Question) SET n._difficultyRank = 7, n._titleOrder = null, n._estimatedMinutesAbsent = true",
    );
    await neo4j.query("MATCH (h:_Head) SET h.orderRules = 'others'");

    await expect(store.ping()).rejects.toMatchObject(mismatch);
    await store.migrate();
    await store.ping();
    expect(await neo4j.query(kept)).toEqual(asWritten);
  });
});
