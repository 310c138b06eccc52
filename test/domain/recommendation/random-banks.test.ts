import fc from "fast-check";
import type { Change } from "../../../src/domain/changes/change-set";
import type { RecommendationContext } from "../../../src/domain/recommendation/recommendation";
import { id } from "../../builders/changes";
import { aLink } from "../../builders/links";
import { aConcept, aQuestion, aTopic, aTradeOff } from "../../builders/nodes";
import { aBank } from "./a-bank";

const count = 12;
const formats = ["TECHNICAL", "CODING", "BEHAVIORAL"] as const;
const titles = ["Cache eviction", "Cache warmth", "Queue length", "Index size"];
const nodes: Change[] = [0, 1, 2, 3].flatMap((n) => [
  aConcept({ slug: `c${n}` }),
  aTopic({ slug: `t${n}` }),
  aTradeOff({ slug: `o${n}` }),
]);
const question = fc.nat(count - 1);
const four = fc.nat(3);

const linkOf = fc.oneof(
  fc
    .tuple(question, four, fc.boolean())
    .map(([q, c, teaches]) =>
      aLink("ABOUT", `Question:q${q}`, `Concept:c${c}`, { emphasis: teaches ? "TEACHES" : "ASSUMES" }),
    ),
  fc.tuple(question, four).map(([q, o]) => aLink("WEIGHS", `Question:q${q}`, `TradeOff:o${o}`)),
  fc.tuple(question, four).map(([q, t]) => aLink("COVERS", `Topic:t${t}`, `Question:q${q}`, {}, q)),
  fc
    .tuple(question, question)
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => aLink("FOLLOWED_BY", `Question:q${a}`, `Question:q${b}`, { when: "ALWAYS" }, b)),
);
const contextOf = fc
  .record(
    {
      after: question.map((q) => id(`Question:q${q}`)),
      known: fc.array(four).map((some) => new Set(some.map((c) => id(`Concept:c${c}`)))),
      goal: four.map((c) => id(`Concept:c${c}`)),
      formats: fc.subarray([...formats], { minLength: 1 }),
      seen: fc.array(question).map((some) => new Set(some.map((q) => id(`Question:q${q}`)))),
    },
    { requiredKeys: ["seen"] },
  )
  .map((context): RecommendationContext => context);

const once = (changes: readonly Change[]): Change[] => [
  ...new Map(
    changes.map((change) => ["from" in change ? `${change.edge} ${change.from} ${change.to}` : "", change]),
  ).values(),
];

describe("over random banks", () => {
  it("what is recommended adds up, is in order, was not seen, says what blocks it, and is the same again", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(linkOf, { maxLength: 60 }),
        contextOf,
        fc.integer({ min: 1, max: 15 }),
        async (links, context, first) => {
          const questions = Array.from({ length: count }, (_, n) =>
            aQuestion({ slug: `q${n}`, title: titles[n % 4], format: formats[n % 3]! }),
          );
          const over = await aBank([...nodes, ...questions, ...once(links).slice(0, 60)]);
          const found = over.recommend(context, first);
          const order = [...found].sort((a, b) => b.score - a.score || (a.node.id < b.node.id ? -1 : 1));
          expect(order).toEqual(found);
          for (const { node, score, terms, blockedBy } of found) {
            expect(terms.reduce((sum, { weight, value }) => sum + Math.round(weight * value), 0)).toBe(score);
            expect(context.seen.has(node.id) || node.id === context.after).toBe(false);
            const assumed = over.view
              .links(node.id, "Question.concepts")
              .filter(
                ({ edge, other }) => edge.properties["emphasis"] === "ASSUMES" && context.known?.has(other) === false,
              );
            expect(blockedBy.map((each) => each.id)).toEqual(assumed.map(({ other }) => other));
            for (const { paths } of terms)
              for (const { hops } of paths) expect(hops.at(-1)?.node.id ?? node.id).toBeDefined();
          }
          const allowed = Array.from({ length: count }, (_, n) => n).filter((n) => {
            const own = id(`Question:q${n}`);
            return (
              !context.seen.has(own) && own !== context.after && (context.formats?.includes(formats[n % 3]!) ?? true)
            );
          });
          expect(found).toHaveLength(Math.min(first, allowed.length));
          expect(over.recommend(context, first)).toEqual(found);
        },
      ),
      { numRuns: 60, seed: 20_261_128 },
    );
  });
});
