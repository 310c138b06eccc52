import type { NodeInput } from "../../domain/changes/compose/node-input";
import { saveNode } from "../../domain/changes/compose/save-node";
import { nodeInput } from "../inputs/node-inputs";
import { rootKinds, saveName } from "../types/node-types";
import { declareEdit } from "./edit-mutation";

/** The mutations that save a node with all that is written at it: `saveQuestion`, `saveTradeOff` and so on. */
export class SaveMutations {}

interface SaveArguments {
  readonly input: NodeInput;
}

const nameIn = ({ input }: SaveArguments): string => (input["id"] ?? input["slug"] ?? "") as string;

for (const kind of rootKinds) {
  const type = nodeInput(kind);
  declareEdit<SaveArguments>(SaveMutations, saveName(kind), {
    description: `Creates a ${kind} or changes the one of this slug or ID, with its links and all that it owns.`,
    args: {
      input: { type: () => type, required: true, description: "What to save; what it leaves out stays as it is." },
    },
    edit: ({ input }) => saveNode(kind, input),
    title: (args) => `Save ${kind} ${nameIn(args)}`,
    subject: (args) => ({ text: nameIn(args), kinds: [kind] }),
  });
}
