import type { AppliedChange } from "../changes/change-set";
import type { Finding, FindingCode } from "../errors";
import type { GraphView } from "../graph/graph-view";
import { byId } from "../graph/order";
import type { NodeId } from "../ids";

/** The ids, sorted, of new nodes that other changes link to. Without these nodes, the links would lead nowhere. */
export function broughtAlong(changes: readonly AppliedChange[]): readonly NodeId[] {
  const created = new Set(changes.flatMap((change) => ("node" in change && !change.before ? [change.node] : [])));
  const linked = changes.flatMap((change) => ("edge" in change && change.after ? [change.to] : []));
  return [...new Set(linked.filter((id) => created.has(id)))].sort();
}

const danglingCodes: ReadonlySet<FindingCode> = new Set([
  "TARGET_NOT_FOUND",
  "NODE_IN_USE",
  "REQUIRED_LINK",
  "INVALID_REFERENCE",
]);

/** The findings about something that would be left without its other end. */
export const danglingIn = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ code }) => danglingCodes.has(code));

/**
 * The ids of questions that cannot be reached after the changes, and either could be reached before or are new. In the
 * order of ids.
 */
export function becomeUnreachable(before: GraphView, after: GraphView): readonly NodeId[] {
  const [was, is] = [reachableQuestions(before), reachableQuestions(after)];
  return questionsOf(after).filter((id) => !is.has(id) && (was.has(id) || !before.node(id)));
}

/** The questions that a topic covers, and those that can be reached from them by follow-ups and related questions. */
function reachableQuestions(view: GraphView): ReadonlySet<NodeId> {
  const reached = new Set(questionsOf(view).filter((id) => view.links(id, "Question.topics").length > 0));
  for (const id of reached) {
    for (const relation of ["Question.followUps", "Question.related"] as const)
      for (const { other } of view.links(id, relation)) reached.add(other);
  }
  return reached;
}

function questionsOf(view: GraphView): NodeId[] {
  const questions = view.nodesInOrder("Question", byId);
  return Array.from({ length: questions.length }, (_, index) => questions.at(index).id);
}
