import { commit } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion } from "../../builders/nodes";
import type { Commit, CommitHead } from "../../../src/domain/changes/change-set";
import { verifyChain } from "../../../src/domain/changes/verify-chain";
import { wholeCommits } from "../../builders/whole-commits";
import { describeNeo4j } from "../../neo4j/neo4j-for-tests";
import { keepAsFormat2 } from "./older-format";

const formatOfHead = "MATCH (h:_Head {name: 'head'}) RETURN h.format AS format";
const headIdOf = ({ revision, hash }: CommitHead) => ({ revision, hash });
const withoutSeal = ({ hash: _, seal: __, ...commit }: Commit) => commit;

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
  });

  it("a format newer than the program's is refused, and left as it is", async () => {
    const store = await neo4j.emptyStore();
    await neo4j.query("MATCH (h:_Head {name: 'head'}) SET h.format = 99");
    await expect(store.ping()).rejects.toMatchObject(mismatch);
    await expect(store.migrate()).rejects.toMatchObject(mismatch);
    expect(await neo4j.query(formatOfHead)).toEqual([{ format: 99 }]);
  });

  it("a log of the first format is made findable by what its commits changed, and refused until then", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, [aConcept({ slug: "recall" }), aQuestion({ slug: "q" })]);
    for (let index = 0; index < 5; index++) await commit(store, [aConcept({ slug: `c-${index}` })]);
    await commit(store, [aLink("ABOUT", "Question:q", "Concept:recall")]);
    const before = await wholeCommits(store, { first: 9 });
    await keepAsFormat2(neo4j);
    await neo4j.query("MATCH (f:_Findable) DELETE f");
    await neo4j.query("MATCH (h:_Head {name: 'head'}) SET h.format = 1");
    await expect(store.ping()).rejects.toMatchObject(mismatch);
    await store.migrate();
    await store.ping();
    expect((await wholeCommits(store, { first: 9 })).map(withoutSeal)).toEqual(before.map(withoutSeal));
    expect(await store.head()).toEqual(headIdOf((await store.log({ last: 1 }))[0]!));
    const revisionsOf = async (subject: string) =>
      (await store.history(subject, { first: 9 })).commits.map(({ revision }) => revision);
    expect(await revisionsOf("Question:q")).toEqual([7, 1]);
    expect(await revisionsOf("Concept:c-4")).toEqual([6]);
    expect((await wholeCommits(store, { after: 1, first: 9, about: "ABOUT" })).map(({ revision }) => revision)).toEqual(
      [7],
    );
    expect(await neo4j.query(formatOfHead)).toEqual([{ format: 3 }]);
  });

  it("the log of the second format is chained; that can be broken off, done again, and done by two at once", async () => {
    const store = await neo4j.emptyStore();
    for (let index = 0; index < 6; index++) await commit(store, [aConcept({ slug: `c-${index}`, title: "𝒜 'x'" })]);
    const before = await wholeCommits(store, { first: 9 });
    await keepAsFormat2(neo4j);
    await store.migrate();
    const whole = await wholeCommits(store, { first: 9 });
    expect(whole.map(withoutSeal)).toEqual(before.map(withoutSeal));
    expect(whole.every(({ seal }) => seal.sealedAt !== undefined)).toBe(true);

    await keepAsFormat2(neo4j);
    const fourth = "MATCH (p:_CommitPart {revision: 4}) SET p.changes = ";
    await neo4j.query(`${fourth} p.changes + "["`);
    await expect(store.migrate()).rejects.toThrow();
    await neo4j.query(`${fourth} left(p.changes, size(p.changes) - 1)`);
    await Promise.all([store.migrate(), neo4j.openStore().migrate()]);
    expect((await wholeCommits(store, { first: 9 })).map(withoutSeal)).toEqual(before.map(withoutSeal));
    expect((await verifyChain(store)).faults).toEqual([]);
    expect(await commit(store, [aConcept({ slug: "later" })])).toMatchObject({ revision: 7 });
  });

  it("a program that ran before the log was chained cannot write to it", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, [aConcept({ slug: "a" })]);
    // What programs of formats 1 and 2 begin each commit with.
    const locking = neo4j.query('MATCH (h:_Head {name: "head"}) SET h._lock = true RETURN h.revision AS key');
    await expect(locking).rejects.toThrow("_lock");
    await neo4j.query("MATCH (h:_Head {name: 'head'}) SET h.format = 4");
    await expect(commit(store, [aConcept({ slug: "b" })])).rejects.toMatchObject(mismatch);
  });

  it("what was written under another ontology is brought up to this one", async () => {
    const store = await neo4j.emptyStore();
    await commit(store, [
      aQuestion({ slug: "hard", title: "𝒜", difficulty: "HARD" }),
      aQuestion({ slug: "easy", title: "ﬀ", difficulty: "EASY", estimatedMinutes: 5 }),
      aConcept({ slug: "recall" }),
      aLink("ABOUT", "Question:hard", "Concept:recall"),
    ]);
    const kept = async () => [
      await neo4j.query("MATCH (n:_Node) RETURN properties(n) AS properties ORDER BY n._id"),
      await neo4j.query("MATCH (:_Node)-[r]->() RETURN properties(r) AS properties"),
    ];
    const asWritten = await kept();
    await neo4j.query(
      "MATCH (n:Question) SET n._difficultyRank = 7, n._titleOrder = null, n._estimatedMinutesAbsent = true, n._light = '{}'",
    );
    await neo4j.query("MATCH ()-[r:ABOUT]->() SET r._link = null");
    await neo4j.query("MATCH (h:_Head {name: 'head'}) SET h.layout = 'another'");

    await expect(store.ping()).rejects.toMatchObject(mismatch);
    await store.migrate();
    await store.ping();
    expect(await kept()).toEqual(asWritten);
  });
});
