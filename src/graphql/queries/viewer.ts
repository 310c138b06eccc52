import { type AccessRole, accessRoles } from "../../domain/access/principal";
import { declareField, declareObject, declareQuery } from "../declare";
import { enumType } from "../types/enum-types";

const descriptions: Readonly<Record<AccessRole, string>> = {
  ANONYMOUS: "Reads what is published; a request without a credential has it.",
  AUTHOR: "Also writes change sets of their own, and hands them in for review.",
  EDITOR: "Also reviews the change sets of others, and publishes.",
  ADMIN: "May do everything that the API offers.",
};
const roleType = enumType(
  "AccessRole",
  Object.fromEntries(accessRoles.map((role) => [role, descriptions[role]])),
  "What someone may do; each role includes those before it.",
);

const Viewer = declareObject("Viewer", "Who asks, as the credential of the request says.");
declareField(Viewer, "name", {
  type: () => String,
  description: "The name that the API key or token was given; it stands beside what its holder writes.",
});
declareField(Viewer, "role", {
  type: () => roleType,
  description: "The credential's role, and so what it may be used for.",
});

/** Who asks: lets a client check its credential. */
export class ViewerQueries {}

declareQuery(ViewerQueries, "viewer", {
  type: () => Viewer,
  description: "Who asks and what they may do: a client learns here what its credential is worth.",
  resolve: (_root, _args, { principal }) => principal,
});
