import { getIntrospectionQuery } from "graphql";
import type { Allowance } from "../../src/graphql/context";
import { anonymousLimits } from "../../src/graphql/limits/limits";
import type { Changes } from "../builders/changes";
import { aLink } from "../builders/links";
import { aConcept, aQuestion } from "../builders/nodes";
import { anApi } from "./api";
import { denseBank } from "./dense-bank";

const concepts = 60;
const related = 12;
const slug = (i: number): string => `c-${String(i % concepts).padStart(3, "0")}`;

/** Concepts in a circle, each related with as many others as may be: more than are typical. */
const circle: Changes = Array.from({ length: concepts }, (_, i) => aConcept({ slug: slug(i) })).concat(
  Array.from({ length: concepts }, (_, i) =>
    Array.from({ length: related / 2 }, (_, j) =>
      aLink("RELATED_TO", ...([`Concept:${slug(i)}`, `Concept:${slug(i + j + 1)}`].sort() as [string, string])),
    ),
  ).flat(),
);
const once = "{ concepts(first: 100) { nodes { related { node { slug } } } } }";
const twice = "{ concepts(first: 100) { nodes { related { node { related { node { slug } } } } } } }";

function anAllowance(): { readonly taken: number[]; readonly allowance: Allowance } {
  const taken: number[] = [];
  const allowance: Allowance = {
    charge: (cost) => void taken.push(cost),
    spend: () => undefined,
    refund: (cost) => void taken.push(-cost),
    balance: { limit: 0, remaining: 0, restoreRate: 0 },
  };
  return { taken, allowance };
}

describe("what an answer costs", () => {
  it("is what it was served with, whatever was typical", async () => {
    const { taken, allowance } = anAllowance();
    const api = await anApi(circle, { allowance });
    const { errors, extensions } = await api.ask(once);
    expect(errors).toBeUndefined();
    expect(extensions).toMatchObject({ cost: { actual: 1 + concepts * (1 + related) } });
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(1 + concepts * (1 + related));
  });

  it.each(["executed", "compiled"])("ends a query that comes to more than the limit, %s", async (how) => {
    const { taken, allowance } = anAllowance();
    const api = await anApi(circle, { allowance });
    for (let time = 0; time < (how === "compiled" ? 2 : 0); time++) await api.ask(twice);
    taken.length = 0;
    const { data, errors } = await api.ask(twice);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: expect.stringContaining(`more than ${anonymousLimits.cost}`) as string,
        extensions: { code: "OPERATION_TOO_COMPLEX", limit: anonymousLimits.cost, cost: expect.any(Number) as number },
      },
    ]);
    expect(taken.reduce((sum, each) => sum + each, 0)).toBe(anonymousLimits.cost);
  });

  it("counts texts by their bytes, once for each node", async () => {
    const api = await anApi([aQuestion({ slug: "q", prompt: "x".repeat(10_000) })]);
    const { extensions } = await api.ask('{ question(slug: "q") { prompt again: prompt } }');
    expect(extensions).toMatchObject({ cost: { actual: 11 } });
  });

  it("counts the schema's description by its length", async () => {
    const api = await anApi(denseBank(1));
    const { extensions } = await api.ask<object>(getIntrospectionQuery());
    const { requested, actual } = (extensions as { cost: { requested: number; actual: number } }).cost;
    expect(actual).toBe(requested);
    expect(actual).toBeGreaterThan(anonymousLimits.cost / 10);
    expect(actual).toBeLessThan(anonymousLimits.cost / 2);
    const nested =
      "{ __schema { types { fields { args { type { inputFields { type { enumValues { name } } } } } } } } }";
    expect(await api.code(nested)).toBe("OPERATION_TOO_COMPLEX");
  });
});
