import fc from "fast-check";
import { saveNode } from "../../../../src/domain/changes/compose/save-node";
import { isOwned, kindOf } from "../../../../src/domain/ids";
import { heldRelations } from "../../../../src/domain/ontology/relations";
import { type NodeKind, nodeKindNames } from "../../../../src/domain/ontology/node-kinds";
import { creationOf } from "../../../../src/domain/rules/refusals";
import type { BankView } from "../../../../src/domain/rules/bank-view";
import type { NodeInput } from "../../../../src/domain/changes/compose/node-input";
import { inputOf } from "../../../builders/node-input";
import { readTexts, sampleTexts } from "../../../content/sample-bank";
import { denseBank } from "../../../graphql/dense-bank";
import { Authored } from "./composing";

const roots = (bank: BankView) => [...bank.nodes.values()].filter(({ kind }) => !isOwned(kind));
const sample = () => Authored.with([creationOf(readTexts(sampleTexts))]);

describe("what a bank holds of a node, saved as an input", () => {
  it.each<[string, () => Promise<Authored>]>([
    ["the sample bank", sample],
    ["a dense bank", () => Authored.with(denseBank(3))],
  ])("changes nothing, for every node of %s", async (_, make) => {
    const bank = await make();
    const before = bank.view();
    const kinds = new Set<NodeKind>();
    for (const { id, kind } of roots(before)) {
      kinds.add(kind);
      expect([id, await bank.save(saveNode(kind, inputOf(before, id)))]).toEqual([id, { changes: [], faults: [] }]);
    }
    expect([...kinds].sort()).toEqual(nodeKindNames.filter((kind) => !isOwned(kind)).sort());
  });

  it("changes nothing either when any part of it is left out", async () => {
    const bank = await Authored.with(denseBank(2));
    const view = bank.view();
    const inputs = roots(view).map(({ id }) => ({ id, input: inputOf(view, id) }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...inputs),
        fc.array(fc.nat(30), { maxLength: 12 }),
        async ({ id, input }, dropped) => {
          const partial = without(input, dropped);
          expect([partial, await bank.save(saveNode(kindOf(id), partial))]).toEqual([
            partial,
            { changes: [], faults: [] },
          ]);
        },
      ),
      { seed: 5, numRuns: 150 },
    );
  });

  it("makes the same bank in an empty one, whatever the order, once what it needs is there", async () => {
    const original = (await sample()).view();
    const copy = new Authored();
    const inputs = roots(original).map(({ id, kind }) => ({ kind, input: inputOf(original, id) }));
    await saveAll(
      copy,
      inputs.map(({ kind, input }) => ({ kind, input: withoutLists(kind, input) })),
    );
    await saveAll(copy, inputs);
    const view = copy.view();
    expect([...view.nodes.values()]).toEqual([...original.nodes.values()]);
    expect(view.edges).toEqual(original.edges);
  });
});

/** Saves each input as soon as it can be; links to what is not there yet wait. */
async function saveAll(bank: Authored, inputs: readonly { kind: NodeKind; input: NodeInput }[]): Promise<void> {
  let waiting = inputs;
  while (waiting.length > 0) {
    const still: (typeof inputs)[number][] = [];
    const faults: unknown[] = [];
    for (const each of waiting) {
      const result = await bank.save(saveNode(each.kind, each.input));
      if (result.faults.length === 0) continue;
      still.push(each);
      faults.push([each.input["slug"], result.faults]);
    }
    if (still.length === waiting.length) throw new Error(JSON.stringify(faults));
    waiting = still;
  }
}

/** The node itself with the links that it must have. */
const withoutLists = (kind: NodeKind, input: NodeInput): NodeInput => {
  const optional = heldRelations(kind).filter(({ end }) => !end.required);
  return Object.fromEntries(Object.entries(input).filter(([key]) => !optional.some(({ field }) => field === key)));
};

/** The input without some of its keys, and of those of things nested in it. */
function without(input: NodeInput, dropped: readonly number[], depth = 0): NodeInput {
  const kept = Object.entries(input).filter(([key], index) => key === "slug" || !dropped.includes(index + depth));
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      Array.isArray(value) && (value[0] as NodeInput | undefined)?.["slug"] && key !== "regimes"
        ? value.map((each: NodeInput) => without(each, dropped, depth + 7))
        : value,
    ]),
  );
}
