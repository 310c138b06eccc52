import type { AppliedChange } from "../changes/change-set";
import type { Finding, FindingCode } from "../errors";
import type { GraphView } from "../graph/graph-view";
import { byId } from "../graph/order";
import type { NodeId } from "../ids";

/** New nodes to which other changes link: published without them, those would lead nowhere. By id. */
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

/** Of the findings, those that say what would be left without its other end. */
export const danglingIn = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ code }) => danglingCodes.has(code));

/** Questions that could be reached before and cannot be afterwards, or are new and cannot be. By id. */
export function becomeUnreachable(before: GraphView, after: GraphView): readonly NodeId[] {
  const [was, is] = [reachableQuestions(before), reachableQuestions(after)];
  return questionsOf(after).filter((id) => !is.has(id) && (was.has(id) || !before.node(id)));
}

/** Those that a topic covers, and those that these lead on to by follow-ups and related questions. */
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
