import fc from "fast-check";
import { aConcept, aQuestion, aTool } from "../builders/nodes";
import { aSearch } from "./a-search";

const signs = [..."\"'`*+?()[]{}^$|\\/<>~:;!@#%&=,.-_ \u0000\u0007\u001b\u200b\u202e\u2066\ufeff"];
const pieces = [
  "AND",
  "OR",
  "NOT",
  "NEAR(",
  "title:",
  "O(",
  "((((",
  "a*",
  "^a",
  "[[:<:]]",
  "..",
  "--",
  "../..",
  "\ud800",
  "😀",
  "İ",
  "ﬃ",
  "½",
  "𝕊",
  "cache",
  "hash",
];

describe("hostile texts", () => {
  it("are words or nothing, a thousand of them", async () => {
    const search = await aSearch([
      aConcept({ slug: "cache", title: "Cache", aliases: ["hash"], summary: "Keeps 😀 things." }),
      aTool({ slug: "faiss", title: "FAISS" }),
      aQuestion({ slug: "q", title: "What is a cache", prompt: "Say (it) [aloud]." }),
    ]);
    const text = fc.array(fc.oneof(fc.constantFrom(...signs, ...pieces), fc.string({ unit: "binary", maxLength: 5 })), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (parts) => {
        const typed = [...parts.join("")].slice(0, 200).join("");
        if (typed.trim() === "") return;
        for (const id of search.find(typed)) expect(["Concept:cache", "Tool:faiss", "Question:q"]).toContain(id);
        expect(search.find(typed)).toEqual(search.find(typed));
        expect(search.suggest(typed).length).toBeLessThanOrEqual(3);
      }),
      { seed: 5, numRuns: 1_000 },
    );
  });

  it("more words than are looked for, each of them two that were written as one", async () => {
    const search = await aSearch([
      aConcept({ slug: "lock", title: "Lock", summary: "Of one." }),
      aConcept({ slug: "wait", title: "Wait", summary: "For it." }),
    ]);
    const typed = Array.from({ length: 18 }, (_, at) => (at % 2 ? "lockwait" : "waitlock")).join(" ");
    expect(search.find(typed).sort()).toEqual(["Concept:lock", "Concept:wait"]);
    const different = "abcdefghijklmnopqrstuvwxyz".split("").map((letter) => `lock${letter}${letter}`);
    expect(search.suggest(different.slice(0, 26).join(" "))).toEqual([]);
  });

  it.each([["constructor"], ["__proto__"], ["toString"], ["hasOwnProperty"]])(
    "%s is a word like others",
    async (text) => {
      const search = await aSearch([
        aConcept({ slug: "p", title: text, summary: "A word." }),
        aTool({ slug: "t", title: "T" }),
      ]);
      expect(search.find(text)).toEqual(["Concept:p"]);
    },
  );
});
