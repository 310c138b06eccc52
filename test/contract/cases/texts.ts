import { aConcept, aQuality, aQuestion, aRole, aTradeOff } from "../../builders/nodes";
import { aFlipCondition, aModelAnswer } from "../../builders/owned-nodes";
import { commit, id, patch } from "../../builders/changes";
import { changeable } from "../asking";
import { casesAbout } from "../contract-case";

export const texts = casesAbout("texts", [
  {
    id: "long-texts",
    name: "long texts come on request, in a batch over kinds",
    async run(store) {
      const body = `## Start from the target\n\n${"Measure. ".repeat(2_000).trim()}\n\n𝒜 "quoted" 'text' \\n`;
      await commit(store, [
        aQuestion({ slug: "q", prompt: "Why\n\nindeed?" }),
        aModelAnswer({ question: "q", slug: "full", level: "FULL", body }),
        aConcept({ slug: "c", explanation: "How it works." }),
      ]);
      const found = await store.reader().texts(["Question:q", "ModelAnswer:q/full", "Concept:c"].map(id));
      expect(found).toEqual(
        new Map<string, unknown>([
          ["Question:q", { prompt: "Why\n\nindeed?" }],
          ["ModelAnswer:q/full", { body }],
          ["Concept:c", { explanation: "How it works." }],
        ]),
      );
      expect(changeable(found)).toEqual([]);
    },
  },
  {
    id: "absent-texts",
    name: "a node without long texts has none, and a node that does not exist has no entry",
    async run(store) {
      await commit(store, [aConcept({ slug: "c" }), aRole({ slug: "r" })]);
      const found = await store.reader().texts(["Concept:c", "Role:r", "Concept:none"].map(id));
      expect(found).toEqual(
        new Map([
          ["Concept:c", {}],
          ["Role:r", {}],
        ]),
      );
    },
  },
  {
    id: "light-elsewhere",
    name: "a field that is long for one kind is no text of a kind for which it is light",
    async run(store) {
      await commit(store, [
        aConcept({ slug: "c", explanation: "Long." }),
        aTradeOff({ slug: "t" }),
        aQuality({ slug: "l" }),
        aFlipCondition({ tradeOff: "t", quality: "l", slug: "f", explanation: "Light." }),
      ]);
      const ids = ["Concept:c", "FlipCondition:t/f"].map(id);
      const reader = store.reader();
      expect([...(await reader.texts(ids)).values()]).toEqual([{ explanation: "Long." }, {}]);
      const nodes = await reader.nodes(ids);
      expect(nodes.get(id("Concept:c"))).not.toHaveProperty("explanation");
      expect(nodes.get(id("FlipCondition:t/f"))).toMatchObject({ explanation: "Light." });
    },
  },
  {
    id: "patches",
    name: "a patch of a light field leaves the texts as they are, and null clears a text",
    async run(store) {
      await commit(store, [aConcept({ slug: "c", explanation: "How it works." })]);
      await commit(store, [patch("Concept:c", { title: "Renamed" })]);
      expect((await store.reader().texts([id("Concept:c")])).get(id("Concept:c"))).toEqual({
        explanation: "How it works.",
      });
      await commit(store, [patch("Concept:c", { explanation: null })]);
      expect((await store.reader().texts([id("Concept:c")])).get(id("Concept:c"))).toEqual({});
    },
  },
]);
