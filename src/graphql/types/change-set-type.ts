import { openStatuses } from "../../domain/access/permissions";
import type { AppliedChange } from "../../domain/changes/change-set";
import { fieldChanges } from "../../domain/changes/field-changes";
import { overlaidState } from "../../domain/changes/overlaid-state";
import type { Plan } from "../../domain/changes/plan-commit";
import type { LogRange } from "../../domain/changes/read-log";
import { currentDay } from "../../domain/current-day";
import type { Fault } from "../../domain/drafts/call";
import { type Conflict, conflictsOf, previewOf } from "../../domain/drafts/conflicts";
import { type Draft, type DraftComment, type DraftStatus, draftStatuses } from "../../domain/drafts/draft-store";
import { type LintDifference, lintDifference } from "../../domain/drafts/lint-difference";
import { becomeUnreachable, broughtAlong, danglingIn } from "../../domain/drafts/review";
import type { Finding } from "../../domain/errors";
import { globalId } from "../../domain/ids";
import type { RuleFinding } from "../../domain/rules/finding";
import type { GraphQLContext } from "../context";
import { declareField, declareObject, ID, Int } from "../declare";
import type { PublishedGraph } from "../graph-access";
import { base } from "../limits/meter";
import { fieldChange, requested, rowCost, stretch, stretchOf } from "./commit-type";
import { enumType } from "./enum-types";
import { DateTime, Json, NonNegativeInt } from "./scalars";
import { userError } from "./user-error-type";

/** Reviews have few of these, and what they hold is text. */
const typicalFindings = 5;

/** How long judging a large change set may take. */
const lintMilliseconds = 15_000;

const statuses: Readonly<Record<DraftStatus, string>> = {
  OPEN: "Its author is writing it.",
  SUBMITTED: "Its author has handed it in, and it waits for an editor.",
  CHANGES_REQUESTED: "An editor has sent it back, with a comment that says why.",
  APPROVED: "An editor has found it good; it can be published as it is.",
  PUBLISHED: "It has become part of the graph, as one commit.",
  DISCARDED: "It was given up; it stays to be looked at and cannot be changed.",
};

export const changeSetStatus = enumType(
  "ChangeSetStatus",
  Object.fromEntries(draftStatuses.map((status) => [status, statuses[status]])),
  "How far a change set has come on its way into the graph.",
);

const comment = declareObject("ChangeSetComment", "What somebody said of a change set, as part of its review.");
declareField<DraftComment>(comment, "by", { type: () => String, description: "The name of whoever said it." });
declareField<DraftComment>(comment, "at", {
  type: () => DateTime,
  description: "The moment at which it was said, by the server's clock.",
});

declareField<DraftComment>(comment, "text", { type: () => String, description: "What was said, as it was sent." });

const conflict = declareObject(
  "ChangeSetConflict",
  "A field that has been published otherwise since the change set changed it. Saving it again settles it.",
);

declareField<Conflict>(conflict, "subject", {
  type: () => String,
  description: "The item: Kind:slug of a node, by its first slug, or the kind of a link with both its ends.",
});

declareField<Conflict>(conflict, "field", {
  type: () => String,
  nullable: true,
  description: "The name of the field or property; null if the whole item has been removed since.",
});

for (const [name, description] of [
  ["base", "What was published when the change set changed it; null where it had no value."],
  ["published", "What has been published by now; null where it has no value."],
  ["draft", "What the change set makes of it; null where it clears it."],
] as const)
  declareField<Conflict>(conflict, name, { type: () => Json, nullable: true, description });

const reviewFinding = declareObject("ReviewFinding", "A breach of a rule of the bank that a change set adds or cures.");
declareField<RuleFinding>(reviewFinding, "rule", {
  type: () => String,
  description: "The code of the rule, such as bare-figure; the lint command has the same.",
});

declareField<RuleFinding>(reviewFinding, "severity", {
  type: () => String,
  description: "How bad it is: error, warning, or note for what need not be mended now.",
});

declareField<RuleFinding>(reviewFinding, "node", {
  type: () => ID,
  description: "The global ID of the node at which the breach stands.",
  resolve: ({ node }) => globalId(node),
});

declareField<RuleFinding>(reviewFinding, "path", {
  type: () => [Json],
  description: "The place within the node: a field or relation, then the index or the link's other end.",
});

declareField<RuleFinding>(reviewFinding, "message", {
  type: () => String,
  description: "What is wrong there, for people.",
});

declareField<RuleFinding>(reviewFinding, "hint", {
  type: () => String,
  nullable: true,
  description: "What would mend it; null where the message says enough.",
});

const lint = declareObject("ChangeSetLint", "How a change set changes what the rules for a finished bank find.");
declareField<LintDifference>(lint, "added", {
  type: () => [reviewFinding],
  description: "What is found with the change set and is not found without it.",
  cost: { times: typicalFindings },
});

declareField<LintDifference>(lint, "cured", {
  type: () => [reviewFinding],
  description: "What is found today and no longer with the change set.",
  cost: { times: typicalFindings },
});

const closure = declareObject("PublishClosure", "What has to be published together with the rest of a change set.");
declareField<ChangeSetReview>(closure, "nodes", {
  type: () => [ID],
  description: "Global IDs of new nodes to which other changes link; without them, those would lead nowhere.",
  resolve: ({ changes }) => broughtAlong(changes).map(globalId),
});

declareField<ChangeSetReview>(closure, "dangling", {
  type: () => [userError],
  description: "What would be left without its other end; it has to be mended before the change set is published.",
  resolve: ({ findings }) => danglingIn(findings).map(asFault),
  cost: { times: typicalFindings },
});

const asFault = (finding: Finding): Fault => ({ ...finding, path: [] });

export const changeSetType = declareObject(
  "ChangeSet",
  "Changes that are written beside the graph and become part of it together, when they are published.",
);

declareField<Draft>(changeSetType, "id", {
  type: () => ID,
  description: "What mutations and the header Fulcrum-View call it by; it never changes.",
});

declareField<Draft>(changeSetType, "title", {
  type: () => String,
  description: "What it is about, in its author's words; the commit will be called so.",
});

declareField<Draft>(changeSetType, "status", {
  type: () => changeSetStatus,
  description: "How far it has come: written, handed in, sent back, approved, published or given up.",
});

declareField<Draft>(changeSetType, "author", {
  type: () => String,
  description: "Identifies the credential that opened it; give it to changeSets to see all that it opened.",
});

declareField<Draft>(changeSetType, "authorName", {
  type: () => String,
  description: "The name of whoever opened it, as the credential has it.",
});

declareField<Draft>(changeSetType, "version", {
  type: () => NonNegativeInt,
  description: "How often it has been saved: edits, comments and changes of its status all count.",
});

declareField<Draft>(changeSetType, "createdAt", {
  type: () => DateTime,
  description: "The moment at which it was opened.",
});

declareField<Draft>(changeSetType, "updatedAt", {
  type: () => DateTime,
  description: "The moment at which it was last saved, for whatever reason.",
});

declareField<Draft>(changeSetType, "publishedAs", {
  type: () => Int,
  nullable: true,
  description: "The revision of the graph that publishing it made; null before that.",
});

declareField<Draft>(changeSetType, "comments", {
  type: () => [comment],
  description: "What was said of it in review, oldest first.",
  cost: { times: typicalFindings },
});

type Reviewed = (review: ChangeSetReview, draft: Draft, context: GraphQLContext) => unknown;
const reviewed =
  (give: Reviewed) =>
  async (draft: Draft, _args: unknown, context: GraphQLContext): Promise<unknown> =>
    give(await reviewOf(draft, context), draft, context);

declareField<Draft>(changeSetType, "changeCount", {
  type: () => NonNegativeInt,
  description: "How many fields it changes, over all nodes and links; so many changes there are to list.",
  resolve: reviewed(({ changes }) => fieldChanges(changes).length),
});

declareField<Draft>(changeSetType, "changes", {
  type: () => [fieldChange],
  description: "What it does to the graph as published now, field by field, nodes before links.",
  args: stretch,
  cost: { times: requested, own: rowCost },
  resolve: async (draft, args: LogRange, context) =>
    stretchOf(fieldChanges((await reviewOf(draft, context)).changes), args),
});

declareField<Draft>(changeSetType, "findings", {
  type: () => [userError],
  description: "What keeps it from being published as it is, such as cycles and removals of what others need.",
  cost: { times: typicalFindings, base: base.review },
  resolve: reviewed(({ findings }) => findings.map(asFault)),
});

declareField<Draft>(changeSetType, "conflicts", {
  type: () => [conflict],
  description: "Fields that were published otherwise since it changed them; each has to be saved again.",
  cost: { times: typicalFindings, base: base.review },
  resolve: reviewed(({ conflicts }) => conflicts),
});

declareField<Draft>(changeSetType, "publishClosure", {
  type: () => closure,
  description: "What has to go along for nothing to dangle, and what would dangle all the same.",
  cost: { base: base.review },
  resolve: reviewed((review) => review),
});

declareField<Draft>(changeSetType, "unreachableQuestions", {
  type: () => [ID],
  description: "Global IDs of questions that no topic, follow-up or related question would lead to any more.",
  resolve: reviewed(async ({ graph, changes }) => {
    const [before, after] = [await graph.access.snapshot(), await graph.after(changes).snapshot()];
    return becomeUnreachable(before.view, after.view).map(globalId);
  }),
});

declareField<Draft>(changeSetType, "lint", {
  type: () => lint,
  description:
    "Breaches of the bank's rules that it adds or cures in what it touches and what belongs with that, beside its findings.",
  cost: { base: base.lintDifference },
  resolve: reviewed(async ({ graph, changes }, _draft, { allow, report }) => {
    allow?.(lintMilliseconds);
    report.meter.objects(base.lintDifference);
    const [before, after] = [await graph.access.snapshot(), await graph.after(changes).snapshot()];
    return lintDifference(
      changes,
      { view: before.view, state: graph.state },
      { view: after.view, state: overlaidState(graph.state, changes) },
      { today: currentDay() },
    );
  }),
});

/** What a change set would do to the graph at the head. */
interface ChangeSetReview extends Plan {
  readonly graph: PublishedGraph;
  readonly conflicts: readonly Conflict[];
}

const reviews = new WeakMap<GraphQLContext, Map<Draft, Promise<ChangeSetReview>>>();

/** The review of a draft, worked out once a request for each time that it was read. */
function reviewOf(draft: Draft, context: GraphQLContext): Promise<ChangeSetReview> {
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
