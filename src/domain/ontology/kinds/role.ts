import { indexed, prose, title } from "../field";
import { nodeKind } from "../node-kind";

export const role = nodeKind({
  description: "A job that questions are asked for, such as backend engineer or data scientist.",
  plural: "roles",
  sorting: true,
  fields: {
    title: indexed(title("The job's usual name, as in a job advertisement.")),
    summary: prose("What people in this job optimize and which trade-offs they own."),
  },
});
