import { aConcept, aQuestion, aTool } from "../../builders/nodes";
import { aLink } from "../../builders/links";
import { commit, patch, removal, renaming } from "../../builders/changes";
import { findingsOf, fullFindingsOf, linksOf, neighboursOf } from "../asking";
import { casesAbout } from "../contract-case";

export const mentions = casesAbout("mentions", [
  {
    id: "from-texts",
    name: "inline links of all prose become links that are read from both ends",
    async run(store) {
      await commit(store, [
        aConcept({ slug: "c", explanation: "Like [F](tool:f) and [F](tool:f), not like `[G](tool:g)`." }),
        aTool({ slug: "f" }),
        aTool({ slug: "g", summary: "For [C](concept:c)." }),
      ]);
      const reader = store.reader();
      expect(await neighboursOf(reader, "Concept:c", "mentions")).toEqual(["Tool:f"]);
      expect(await neighboursOf(reader, "Concept:c", "mentionedBy")).toEqual(["Tool:g"]);
      expect(
        (await linksOf(reader, "Tool:f", "mentionedBy")).map(({ node, properties }) => [node.id, properties]),
      ).toEqual([["Concept:c", {}]]);
    },
  },
  {
    id: "follow-texts",
    name: "they come and go with the texts, and stay when another field changes",
    async run(store) {
      await commit(store, [
        aConcept({ slug: "a" }),
        aConcept({ slug: "b" }),
        aQuestion({ slug: "q", prompt: "[A](concept:a)?" }),
      ]);
      await commit(store, [patch("Question:q", { title: "Another" })]);
      expect(await neighboursOf(store.reader(), "Question:q", "mentions")).toEqual(["Concept:a"]);
      expect((await commit(store, [patch("Question:q", { hints: ["[B](concept:b)"] })])).changes).toBe(2);
      expect(await neighboursOf(store.reader(), "Question:q", "mentions")).toEqual(["Concept:a", "Concept:b"]);
      expect((await commit(store, [patch("Question:q", { prompt: "None?", hints: null })])).changes).toBe(3);
      expect(await neighboursOf(store.reader(), "Question:q", "mentions")).toEqual([]);
    },
  },
  {
    id: "former-slugs",
    name: "a text may name a node by a former slug, and goes on leading to it after a rename",
    async run(store) {
      await commit(store, [aConcept({ slug: "a" }), aQuestion({ slug: "q", prompt: "[A](concept:a)?" })]);
      await commit(store, [renaming("Concept:a", "b")]);
      await commit(store, [aQuestion({ slug: "p", prompt: "[A](concept:a) or [B](concept:b)?" })]);
      expect(await neighboursOf(store.reader(), "Concept:a", "mentionedBy")).toEqual(["Question:p", "Question:q"]);
    },
  },
  {
    id: "dangling",
    name: "an inline link to a node that does not exist is refused with near names",
    async run(store) {
      await commit(store, [aConcept({ slug: "hnsw" })]);
      const [finding, ...others] = await fullFindingsOf(
        commit(store, [aQuestion({ slug: "q", prompt: "[H](concept:hnws)?" })]),
      );
      expect(finding).toMatchObject({ code: "TARGET_NOT_FOUND", subject: "Question:q", didYouMean: ["hnsw"] });
      expect(others).toEqual([]);
    },
  },
  {
    id: "skip-dangling",
    name: "a run of commits may leave dangling links out, and gets them by putting the node again when the target is there",
    async run(store) {
      const question = aQuestion({ slug: "q", prompt: "[H](concept:hnsw)?" });
      await commit(store, [question], { skipDanglingMentions: true });
      await commit(store, [aConcept({ slug: "hnsw" })]);
      expect(await neighboursOf(store.reader(), "Question:q", "mentions")).toEqual([]);
      expect((await commit(store, [patch("Question:q", {})])).changes).toBe(1);
      expect(await neighboursOf(store.reader(), "Question:q", "mentions")).toEqual(["Concept:hnsw"]);
    },
  },
  {
    id: "not-by-hand",
    name: "they cannot be put or removed by hand, and hold what they lead to",
    async run(store) {
      await commit(store, [
        aConcept({ slug: "a" }),
        aConcept({ slug: "b" }),
        aQuestion({ slug: "q", prompt: "[A](concept:a)?" }),
      ]);
      expect(await findingsOf(commit(store, [aLink("MENTIONS", "Question:q", "Concept:b")]))).toEqual([
        "WRONG_ENDS MENTIONS Question:q Concept:b",
      ]);
      expect(await findingsOf(commit(store, [removal("Concept:a")]))).toEqual(["NODE_IN_USE Concept:a"]);
    },
  },
]);
