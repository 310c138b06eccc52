import type { NodeKind } from "../../domain/ontology/node-kinds";
import { type ClassType, declareField, declareObject } from "../declare";
import { ontologyField } from "./field-types";
import type { LinkShape } from "./link-shapes";
import { Node, nodeTypeName, nodeTypeOf } from "./node-types";

/** Reasons that a derived link gives; most have one or two. */
const typicalReasons = 2;

export const because = declareObject(
  "Because",
  "One thing that makes a derived link or a step: a node on the way, and the reason given there.",
);
declareField(because, "reason", {
  type: () => String,
  nullable: true,
  description: "Why the node on the way leads here, where the link that was followed has a reason.",
});
declareField(because, "node", {
  type: () => Node,
  description: "The node on the way: an assessment, a flip condition, a measurement, or whatever needs the step.",
  cost: { own: 0 },
});

/** Declares what a link carries, and its node, on a type whose values are `LinkSource`s. */
export function declareLinkFields(type: ClassType, targets: readonly NodeKind[], shape: LinkShape): void {
  for (const [name, field] of Object.entries(shape.properties)) declareField(type, name, ontologyField(name, field));
  if (shape.because) {
    declareField(type, "because", {
      type: () => [because],
      description: "What makes the link, ordered by the node's id; at most twenty are listed.",
      cost: { times: typicalReasons },
    });
  }
  declareField(type, "node", {
    type: () => nodeTypeOf(targets),
    description: "The node at the other end of the link; what it holds is read in one batch.",
    cost: { own: 0 },
  });
}

const declared = new Map<string, ClassType>();

/** The type of a link in a complete list; shared by relations with these targets and this shape. */
export function linkType(targets: readonly NodeKind[], shape: LinkShape): ClassType {
  const target = nodeTypeName(targets);
  const name = `${target}${shape.name}Link`;
  let type = declared.get(name);
  if (!type) {
    type = declareObject(name, `A link to a ${target} node, with what its author says about the link.`);
    declared.set(name, type);
    declareLinkFields(type, targets, shape);
  }
  return type;
}
