import type { AccessRole } from "../domain/access/principal";
import { listName, lookUpName, rootKinds, saveName } from "./queries/root-kinds";

/**
 * Who may use a field, by `Type.field`: the least role. Each field of Query, Mutation and Subscription has an entry, and
 * so has each other field that not everyone may read. `enforce` puts it before the schema's resolvers.
 */
export type Policy = Readonly<Record<string, AccessRole>>;

/** What is published is public: the list and the look-up of each kind that stands alone. */
const declaredByOntology: Policy = Object.fromEntries(
  rootKinds.flatMap((kind) => [listName(kind), lookUpName(kind)]).map((field) => [`Query.${field}`, "ANONYMOUS"]),
);

/** Authors write into change sets of their own, which the domain sees to; editors publish. */
const savesOfOntology: Policy = Object.fromEntries(rootKinds.map((kind) => [`Mutation.${saveName(kind)}`, "AUTHOR"]));

export const policy: Policy = {
  ...declaredByOntology,
  "Query.node": "ANONYMOUS",
  "Query.nodes": "ANONYMOUS",
  "Query.viewer": "ANONYMOUS",
  "Query.search": "ANONYMOUS",
  "Query.suggest": "ANONYMOUS",
  "Query.nextQuestions": "ANONYMOUS",
  "Query.whyNot": "ANONYMOUS",
  "Query.path": "ANONYMOUS",
  "Query.learningPlan": "ANONYMOUS",
  "Query.readiness": "ANONYMOUS",
  "Query.compareOptions": "ANONYMOUS",
  "Query.compareAnswers": "ANONYMOUS",
  "Query.evidence": "ANONYMOUS",

  // That the graph changed, and where, is public; how it was before and who changed it is not.
  "Query.revision": "ANONYMOUS",
  "Query.commit": "ANONYMOUS",
  "Query.commits": "ANONYMOUS",
  "Query.history": "ANONYMOUS",
  "Subscription.bankChanged": "ANONYMOUS",
  "Commit.actor": "AUTHOR",
  "Commit.changes": "AUTHOR",

  "Query.lint": "AUTHOR",
  "Query.coverage": "ANONYMOUS",
  "Query.changeSet": "AUTHOR",
  "Query.changeSets": "AUTHOR",
  ...savesOfOntology,
  "Mutation.remove": "AUTHOR",
  "Mutation.rename": "AUTHOR",
  "Mutation.link": "AUTHOR",
  "Mutation.unlink": "AUTHOR",
  "Mutation.reorder": "AUTHOR",
  "Mutation.openChangeSet": "AUTHOR",
  "Mutation.revert": "AUTHOR",
  "Mutation.renameChangeSet": "AUTHOR",
  "Mutation.discardChangeSet": "AUTHOR",
  "Mutation.submitChangeSet": "AUTHOR",
  "Mutation.commentOnChangeSet": "AUTHOR",
  "Mutation.approveChangeSet": "EDITOR",
  "Mutation.requestChanges": "EDITOR",
  "Mutation.publishChangeSet": "EDITOR",
};
