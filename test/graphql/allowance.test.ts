import { GraphQLError } from "graphql";
import type { Allowance } from "../../src/graphql/context";
import { anApi } from "./api";
import { denseBank } from "./dense-bank";

/** An allowance that notes what becomes of it, and holds so much. */
function anAllowance(max: number): Allowance & { readonly taken: number[] } {
  const taken: number[] = [];
  return {
    taken,
    charge: (cost) => {
      if (cost > max) throw new GraphQLError("Too much.", { extensions: { code: "OPERATION_TOO_COMPLEX" } });
      taken.push(cost);
    },
    refund: (cost) => void taken.push(-cost),
    spend: () => undefined,
    balance: { limit: max, remaining: max, restoreRate: 1 },
  };
}

const page = "{ questions(first: 50) { nodes { slug } } }";

describe("a client's allowance", () => {
  it("is charged what an operation may cost, and given back what its answer did not", async () => {
    const allowance = anAllowance(1_000);
    const { errors } = await (await anApi(denseBank(2), { allowance })).ask(page);
    expect(errors).toBeUndefined();
    expect(allowance.taken).toEqual([51, -48]);
  });

  it("is charged at least one", async () => {
    const allowance = anAllowance(1_000);
    await (await anApi(denseBank(1), { allowance })).ask("{ __typename }");
    expect(allowance.taken).toEqual([1, -0]);
  });

  it("is given back nothing of what it was not charged", async () => {
    const allowance = anAllowance(10);
    const api = await anApi(denseBank(1), { allowance });
    const { errors, calls } = await api.ask(page);
    expect(errors).toHaveLength(1);
    expect(calls).toEqual([]);
    await api.ask(
      "{ questions(first: 100) { nodes { concepts { node { questions(first: 100) { nodes { id } } } } } } }",
    );
    await api.ask("{ nothing }");
    expect(allowance.taken).toEqual([]);
  });

  it("is given back all but one where there is no answer", async () => {
    const allowance = anAllowance(1_000);
    await (await anApi(denseBank(1), { allowance })).ask("{ questions(first: 101) { nodes { slug } } }");
    expect(allowance.taken).toEqual([102, -101]);
  });
});
