import type { Fault, FaultCode } from "../../domain/drafts/call";
import { globalId, parseNodeId } from "../../domain/ids";
import { declareField, declareObject, ID } from "../declare";
import { enumType } from "./enum-types";
import { Json } from "./scalars";

const codes: Readonly<Record<FaultCode, string>> = {
  CHANGE_SET_REQUIRED: "Authors write into a change set of their own; an editor publishes it.",
  OWN_CHANGE_SET: "Whoever opened or edited a change set neither approves nor publishes it; another editor has to.",
  WRONG_STATUS: "What was asked cannot be done to a change set in its present status.",
  TARGET_NOT_FOUND: "A node or link that was named is not there; names that may have been meant are given.",
  WRONG_ENDS: "The kind of link does not join these kinds of nodes, or not across two owners.",
  CYCLE: "Prerequisites or topics would lead back to their start; the nodes of the circle are given in order.",
  SLUG_TAKEN: "The name belongs to another node of the kind, which has it or had it earlier.",
  INVALID_SLUG: "A name in addresses must be kebab-case: small letters, digits, and single hyphens between.",
  TOO_MANY: "A list would hold more links than the ontology allows; the message says how many it may.",
  REQUIRED_FIELD: "Something is missing without which the node or the link cannot be, or it was cleared.",
  REQUIRED_LINK: "The node must be linked to one of another kind, and is not.",
  INVALID_FIELD: "A value is out of the range, the length, the form or the table that its description gives.",
  UNKNOWN_FIELD: "Links of this kind do not carry such a property.",
  INVALID_REFERENCE: "A text does not name a node of the kind that is wanted here, or not one of the same owner.",
  DUPLICATE: "The same thing was said twice where it may be said once.",
  NODE_IN_USE: "The node cannot be removed while others link to it; some of them are given.",
  STALE_REVISION: "What was to be changed has been changed by somebody else since it was seen.",
  TOO_LARGE: "The change set touches more nodes and links than one commit may.",
};

const userErrorCode = enumType("UserErrorCode", codes, "What is wrong with what an author sent.");

export const userError = declareObject(
  "UserError",
  "Something in an author's input that has to be mended first. Where there is one, nothing was written.",
);
declareField<Fault>(userError, "code", {
  type: () => userErrorCode,
  description: "What is wrong, for programs to act on.",
});
declareField<Fault>(userError, "message", {
  type: () => String,
  description: "What is wrong, for people: the rule, the thing and the value.",
});
declareField<Fault>(userError, "path", {
  type: () => [Json],
  description: "Where it stands, from the input or the arguments: names of fields and indexes of lists.",
});
declareField<Fault>(userError, "didYouMean", {
  type: () => [String],
  description: "Names that may have been meant, nearest first; at most three.",
  resolve: ({ didYouMean }) => didYouMean ?? [],
});
declareField<Fault>(userError, "nodes", {
  type: () => [ID],
  description: "Global IDs of other nodes at fault: those of a cycle, or some that link to what is to go.",
  resolve: ({ nodes }) => (nodes ?? []).flatMap((id) => parseNodeId(id) ?? []).map(({ id }) => globalId(id)),
});
