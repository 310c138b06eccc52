import { type Action, permissions } from "../domain/access/permissions";
import type { AccessRole } from "../domain/access/principal";
import { listName, lookUpName, rootKinds, saveName } from "./queries/root-kinds";

/**
 * Who may use a field, by `Type.field`: the lowest role, as the domain's permissions have it. Each field of Query, Mutation and Subscription has an entry, and
 * so has each other field that not everyone may read. `enforce` puts it before the schema's resolvers.
 */
export type Policy = Readonly<Record<string, AccessRole>>;

/** What is published is public: the list and the look-up of each kind that stands alone. */
const declaredByOntology: Readonly<Record<string, Action>> = Object.fromEntries(
  rootKinds.flatMap((kind) => [listName(kind), lookUpName(kind)]).map((field) => [`Query.${field}`, "readGraph"]),
);

/** An edit goes into a change set; whether it may be published at once, the domain decides when it knows. */
const savesOfOntology: Readonly<Record<string, Action>> = Object.fromEntries(
  rootKinds.map((kind) => [`Mutation.${saveName(kind)}`, "edit"]),
);

/** What using each field amounts to. */
const actions: Readonly<Record<string, Action>> = {
  ...declaredByOntology,
  "Query.node": "readGraph",
  "Query.nodes": "readGraph",
  "Query.viewer": "readGraph",
  "Query.search": "readGraph",
  "Query.suggest": "readGraph",
  "Query.nextQuestions": "readGraph",
  "Query.whyNot": "readGraph",
  "Query.path": "readGraph",
  "Query.learningPlan": "readGraph",
  "Query.readiness": "readGraph",
  "Query.compareOptions": "readGraph",
  "Query.compareAnswers": "readGraph",
  "Query.evidence": "readGraph",

  // That the graph changed, and where, is public; how it was before and who changed it is not.
  "Query.revision": "readGraph",
  "Query.commit": "readGraph",
  "Query.commits": "readGraph",
  "Query.history": "readGraph",
  "Subscription.bankChanged": "readGraph",
  "Commit.actor": "readAuthorship",
  "Commit.changes": "readAuthorship",

  "Query.lint": "lintGraph",
  "Query.coverage": "readGraph",
  "Query.changeSet": "readDraft",
  "Query.changeSets": "readDraft",
  ...savesOfOntology,
  "Mutation.remove": "edit",
  "Mutation.rename": "edit",
  "Mutation.link": "edit",
  "Mutation.unlink": "edit",
  "Mutation.reorder": "edit",
  "Mutation.openChangeSet": "openDraft",
  "Mutation.revert": "revertCommit",
  "Mutation.renameChangeSet": "rename",
  "Mutation.discardChangeSet": "discard",
  "Mutation.submitChangeSet": "submit",
  "Mutation.commentOnChangeSet": "comment",
  "Mutation.approveChangeSet": "approve",
  "Mutation.requestChanges": "requestChanges",
  "Mutation.publishChangeSet": "publish",
};

export const policy: Policy = Object.fromEntries(
  Object.entries(actions).map(([field, action]) => [field, permissions[action].role]),
);
