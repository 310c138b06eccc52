import { aConcept, aMetric, aQuality, aQuestion, aSource, aTradeOff } from "../../builders/nodes";
import { aBenchmark, aCriterion, aMeasurement, aModelAnswer, anAssessment, anOption } from "../../builders/owned-nodes";
import { aLink, noLink } from "../../builders/links";
import { commit, id, removal as removed } from "../../builders/changes";
import { findingsOf, fullFindingsOf, neighboursOf } from "../asking";
import { casesAbout } from "../contract-case";

export const removal = casesAbout("removal", [
  {
    id: "with-what-it-owns",
    name: "a node goes with what it owns and the links that their files hold",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q", prompt: "[c](concept:c)?" }),
        aCriterion({ question: "q", slug: "k" }),
        aModelAnswer({ question: "q", slug: "full" }),
        aConcept({ slug: "c" }),
        aLink("ABOUT", "Question:q", "Concept:c"),
        aLink("MEETS", "ModelAnswer:q/full", "Criterion:q/k"),
      ]);
      expect((await commit(store, [removed("Question:q")])).changes).toBe(8);
      const reader = store.reader();
      const gone = ["Question:q", "Criterion:q/k", "ModelAnswer:q/full"].map(id);
      expect((await reader.nodes(gone)).size).toBe(0);
      expect((await reader.texts(gone)).size).toBe(0);
      expect(await reader.count({ kind: "Criterion" })).toBe(0);
      expect(await neighboursOf(reader, "Concept:c", "questions")).toEqual([]);
      expect(await neighboursOf(reader, "Concept:c", "mentionedBy")).toEqual([]);
      expect((await reader.neighbours({ relation: "Question.criteria", of: [id("Question:q")], first: 1 })).size).toBe(
        0,
      );
      expect((await reader.counts({ relation: "Question.criteria", of: [id("Question:q")] })).size).toBe(0);
    },
  },
  {
    id: "nested",
    name: "what owned things nest goes too",
    async run(store) {
      await commit(store, [
        aTradeOff({ slug: "t" }),
        aQuality({ slug: "l" }),
        anOption({ tradeOff: "t", slug: "o" }),
        anAssessment({ tradeOff: "t", option: "o", quality: "l", slug: "a" }),
      ]);
      await commit(store, [removed("TradeOff:t")]);
      expect(await store.reader().count({ kind: "Assessment" })).toBe(0);
      expect(await neighboursOf(store.reader(), "Quality:l", "assessments")).toEqual([]);
    },
  },
  {
    id: "in-use",
    name: "a node that links from elsewhere lead to stays, and the refusal names where they come from",
    async run(store) {
      await commit(store, [
        aMetric({ slug: "m" }),
        aSource({ slug: "s" }),
        aBenchmark({ slug: "b", source: "s" }),
        aMeasurement({ benchmark: "b", metric: "m", slug: "x" }),
        aConcept({ slug: "c" }),
        aConcept({ slug: "d", summary: "See [c](concept:c)." }),
        aLink("PREREQUISITE_OF", "Concept:c", "Concept:d"),
        aLink("MEASURES", "Measurement:b/x", "Concept:d"),
      ]);
      const findings = await fullFindingsOf(
        commit(store, [removed("Metric:m"), removed("Concept:c"), removed("Source:s")]),
      );
      expect(findings.map(({ code, subject, change }) => [code, subject, change])).toEqual([
        ["NODE_IN_USE", "Concept:c", 1],
        ["NODE_IN_USE", "Metric:m", 0],
        ["NODE_IN_USE", "Source:s", 2],
      ]);
      expect(findings.map((finding) => finding.message)).toEqual([
        expect.stringContaining("Concept:d"),
        expect.stringContaining("Measurement:b/x"),
        expect.stringContaining("Benchmark:b"),
      ]);
      await commit(store, [
        removed("Benchmark:b"),
        removed("Metric:m"),
        removed("Source:s"),
        removed("Concept:d"),
        removed("Concept:c"),
      ]);
      expect(await store.reader().count({ kind: "Concept" })).toBe(0);
    },
  },
  {
    id: "hub-in-use",
    name: "a node that many links lead to is refused in the same words by every store",
    async run(store) {
      const slugs = ["f", "c", "a", "e", "b", "g", "d", "h"];
      await commit(store, [
        aConcept({ slug: "hub" }),
        ...slugs.map((slug) => aQuestion({ slug })),
        ...slugs.map((slug) => aLink("ABOUT", `Question:${slug}`, "Concept:hub")),
      ]);
      const [finding] = await fullFindingsOf(commit(store, [removed("Concept:hub")]));
      expect(finding?.message).toBe(
        "Concept:hub cannot be removed while Question:a, Question:b, Question:c, Question:d, Question:e and others link to it.",
      );
    },
  },
  {
    id: "returns",
    name: "a removed node may come back, as the same node, with nothing of what it had",
    async run(store) {
      await commit(store, [
        aConcept({ slug: "a", explanation: "Long.", aliases: ["One"] }),
        aConcept({ slug: "b" }),
        aLink("RELATED_TO", "Concept:a", "Concept:b"),
      ]);
      await commit(store, [removed("Concept:a")]);
      await commit(store, [aConcept({ slug: "a", title: "Again" })]);
      const reader = store.reader();
      const node = (await reader.nodes([id("Concept:a")])).get(id("Concept:a"));
      expect(node).toEqual({
        id: "Concept:a",
        kind: "Concept",
        slug: "a",
        changedIn: 3,
        title: "Again",
        summary: "The slowest few requests.",
      });
      expect((await reader.texts([id("Concept:a")])).get(id("Concept:a"))).toEqual({});
      expect(await neighboursOf(reader, "Concept:a", "related")).toEqual([]);
    },
  },
  {
    id: "edges",
    name: "a removed edge is gone at both ends, and one that is not there cannot be removed",
    async run(store) {
      await commit(store, [
        aQuestion({ slug: "q" }),
        aConcept({ slug: "c" }),
        aLink("ABOUT", "Question:q", "Concept:c"),
      ]);
      await commit(store, [noLink("ABOUT", "Question:q", "Concept:c")]);
      expect(await neighboursOf(store.reader(), "Question:q", "concepts")).toEqual([]);
      expect(await neighboursOf(store.reader(), "Concept:c", "questions")).toEqual([]);
      expect(await findingsOf(commit(store, [noLink("ABOUT", "Question:q", "Concept:c")]))).toEqual([
        "TARGET_NOT_FOUND ABOUT Question:q Concept:c",
      ]);
    },
  },
]);
