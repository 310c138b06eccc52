import { integer, prose, spoiler } from "../field";
import { nodeKind } from "../node-kind";

export const criterion = nodeKind({
  description: "One thing a good answer must do, with its weight; interviewers judge answers by these.",
  plural: "criteria",
  ownedBy: "Question",
  fields: {
    statement: spoiler(prose("What the answer does when it meets this criterion, as a full sentence.", 500)),
    weight: spoiler(integer("How much the criterion counts against its question's others, from 1 to 5.", 1, 5)),
  },
});
