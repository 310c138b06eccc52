import type { AppliedChange } from "../domain/changes/change-set";
import type { Plan } from "../domain/changes/plan-commit";
import { conflictsOf, type Conflict } from "../domain/drafts/conflicts";
import type { Draft } from "../domain/drafts/draft-store";
import { openStatuses } from "../domain/access/permissions";
import { previewOf } from "../domain/drafts/preview";
import type { PublishedGraph } from "./graph-access";
import type { GraphQLContext } from "./context";
import { base } from "./limits/meter";

/** What a change set would do to the graph at the head. */
export interface ChangeSetReview extends Plan {
  readonly graph: PublishedGraph;
  readonly conflicts: readonly Conflict[];
}

const reviews = new WeakMap<GraphQLContext, Map<Draft, Promise<ChangeSetReview>>>();

/** The review of a draft, worked out once a request for each time that it was read. */
export function reviewOf(draft: Draft, context: GraphQLContext): Promise<ChangeSetReview> {
  const known = reviews.get(context) ?? new Map<Draft, Promise<ChangeSetReview>>();
  reviews.set(context, known);
  const review = known.get(draft) ?? makeReview(draft, context);
  known.set(draft, review);
  return review;
}

async function makeReview(draft: Draft, { authoring, report }: GraphQLContext): Promise<ChangeSetReview> {
  report.meter.objects(base.review);
  const graph = await authoring.head();
  if (!openStatuses.includes(draft.status))
    return { graph, changes: await publishedChanges(draft, graph), findings: [], conflicts: [] };
  const plan = await previewOf(draft, graph.state);
  return { ...plan, graph, conflicts: await conflictsOf(draft, plan, graph.state) };
}

/** What a draft that was published changed then. */
async function publishedChanges(
  { id, publishedAs }: Draft,
  { access }: PublishedGraph,
): Promise<readonly AppliedChange[]> {
  const commit = publishedAs === null ? null : await access.log.whole(publishedAs);
  return commit?.draft === id ? commit.changes : [];
}
