import { putLink, removeLink, reorderList } from "../../domain/changes/compose/edit-links";
import { removeNode, renameNode } from "../../domain/changes/compose/save-node";
import type { NodeInput } from "../../domain/changes/compose/node-input";
import { type EdgeKind, edgeKinds } from "../../domain/ontology/edge-kinds";
import { nodeKindNames } from "../../domain/ontology/node-kinds";
import { type EdgeRelation, type RelationName, relations } from "../../domain/ontology/relations";
import { idForms } from "../arguments/id-argument";
import { linkPropertiesInput, orderedRelationType } from "../inputs/node-inputs";
import { edgeKindType } from "../types/enum-types";
import { type ArgumentSpec, ID } from "../declare";
import { declareEdit } from "./edit-mutation";

/** Edits of one thing: a node, a link, or the order of a list. */
export class EditMutations {}

const node: ArgumentSpec = { type: () => ID, required: true, description: `The node. ${idForms}` };

declareEdit<{ node: string }>(EditMutations, "remove", {
  description: "Removes a node with all that it owns. Links to it from elsewhere have to be removed first.",
  args: { node },
  edit: (args) => removeNode(args.node),
  title: (args) => `Remove ${args.node}`,
});

declareEdit<{ node: string; slug: string }>(EditMutations, "rename", {
  description: "Gives a node another slug; its ID stays, and its earlier slugs lead to it for ever.",
  args: {
    node,
    slug: { type: () => String, required: true, description: "The new slug; of an owned node, its own part alone." },
  },
  edit: (args) => renameNode(args.node, args.slug),
  title: (args) => `Rename ${args.node} to ${args.slug}`,
  subject: (args) => ({ text: args.node, kinds: nodeKindNames }),
});

interface LinkArguments {
  readonly edge: EdgeKind;
  readonly from: string;
  readonly to: string;
  readonly properties?: NodeInput | null;
}

const linkArguments: Readonly<Record<string, ArgumentSpec>> = {
  edge: {
    type: () => edgeKindType,
    required: true,
    description: "What kind of link it is; this says which nodes it joins.",
  },
  from: {
    type: () => ID,
    required: true,
    description: `Where it starts; a slug, if it starts at one kind. ${idForms}`,
  },
  to: { type: () => ID, required: true, description: `Where it leads; a slug, if it leads to one kind. ${idForms}` },
};

declareEdit<LinkArguments>(EditMutations, "link", {
  description: "Links two nodes, or changes what their link says. In an ordered list, a new link goes last.",
  args: {
    ...linkArguments,
    properties: {
      type: () => linkPropertiesInput,
      description: "What the link says; what is left out stays as it is.",
    },
  },
  edit: ({ properties, ...link }) => putLink(link, properties ?? {}),
  title: ({ edge, from, to }) => `Link ${from} to ${to} (${edge})`,
  subject: ({ edge, from }) => ({ text: from, kinds: edgeKinds[edge].from }),
});

declareEdit<LinkArguments>(EditMutations, "unlink", {
  description: "Removes the link of this kind between two nodes; both of them stay.",
  args: linkArguments,
  edit: (link) => removeLink(link),
  title: ({ edge, from, to }) => `Unlink ${from} from ${to} (${edge})`,
  subject: ({ edge, from }) => ({ text: from, kinds: edgeKinds[edge].from }),
});

interface ReorderArguments {
  readonly relation: RelationName;
  readonly of: string;
  readonly nodes: readonly string[];
}

declareEdit<ReorderArguments>(EditMutations, "reorder", {
  description: "Puts nodes of an ordered list first, in the order in which they are named; the others follow.",
  args: {
    relation: {
      type: () => orderedRelationType,
      required: true,
      description: "Which list of which kind of node it is.",
    },
    of: { type: () => ID, required: true, description: `Whose list it is; its slug will do. ${idForms}` },
    nodes: { type: () => [ID], required: true, description: "The nodes to put first; slugs or own parts will do." },
  },
  edit: ({ relation, of, nodes }) => reorderList(relations[relation] as EdgeRelation, of, nodes),
  title: ({ relation, of }) => `Reorder ${relation} of ${of}`,
  subject: ({ relation, of }) => ({ text: of, kinds: [relations[relation].owner] }),
});
