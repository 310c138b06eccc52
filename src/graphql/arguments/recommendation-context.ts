import { DomainError } from "../../domain/errors";
import type { GraphView } from "../../domain/graph/graph-view";
import { byId } from "../../domain/graph/order";
import { isSlugOf, type NodeId, ownerIdOf } from "../../domain/ids";
import { didYouMean, nearNames } from "../../domain/near-names";
import { type NodeKind, nodeKinds } from "../../domain/ontology/node-kinds";
import type { Difficulty, QuestionFormat, RecommendationContext } from "../../domain/recommendation/recommendation";
import { declareInput, declareInputField, ID, Int } from "../declare";
import { typeOf } from "../types/field-types";
import { idForms, parseId } from "./id-argument";
import { namesLookedAt } from "./named-node";
import { isGiven } from "./page-size";

type Given<T> = T | null | undefined;
export interface ContextInput {
  readonly after?: Given<string>;
  readonly seen?: Given<readonly string[]>;
  readonly known?: Given<readonly string[]>;
  readonly missed?: Given<readonly string[]>;
  readonly met?: Given<readonly string[]>;
  readonly goal?: Given<string>;
  readonly role?: Given<string>;
  readonly topic?: Given<string>;
  readonly formats?: Given<readonly QuestionFormat[]>;
  readonly difficulty?: Given<readonly Difficulty[]>;
  readonly minutes?: Given<number>;
}

export const contextType = declareInput(
  "RecommendationContext",
  "What is known of a person who looks for the next question; all of it may be left out.",
);

const { format, difficulty } = nodeKinds.Question.fields;
const one = (description: string) => ({ type: () => ID, description: `${description} ${idForms}` });
const several = (description: string) => ({ type: () => [ID], description });
for (const [name, spec] of Object.entries({
  after: one("The question just answered: what follows it, and what is like it, comes first."),
  seen: several("Questions that are never recommended, at most 5,000; IDs of what does not exist are passed over."),
  known: several(
    "Concepts that the person knows, at most 5,000. Null or absent: unknown, so nothing is blocked. Empty: none.",
  ),
  missed: several("Criteria of the question just answered that the answer missed: IDs, or their own slugs."),
  met: several("Criteria of the question just answered that the answer met: IDs, or their own slugs."),
  goal: one("A concept, trade-off or question to be led towards."),
  role: one("Keeps questions asked of candidates for this role."),
  topic: one("Keeps questions that this topic or one below it covers."),
  formats: {
    type: () => [typeOf(format.type, format.description)()],
    description: "Keeps questions of these formats.",
  },
  difficulty: {
    type: () => [typeOf(difficulty.type, difficulty.description)()],
    description: "Keeps questions of these degrees of difficulty.",
  },
  minutes: { type: () => Int, description: "Leaves out questions known to take longer than this." },
}))
  declareInputField(contextType, name, spec);

const maxIds = 5_000;

/** Reads a context. Throws INVALID_ARGUMENT for what has no meaning, NOT_FOUND for what is named but not there. */
export function readContext(view: GraphView, input: Given<ContextInput>): RecommendationContext {
  const given = input ?? {};
  const after = isGiven(given.after) ? existing(view, "after", given.after, ["Question"]) : undefined;
  const missed = criteria(view, "missed", given.missed, after);
  const met = criteria(view, "met", given.met, after);
  for (const each of missed ?? [])
    if (met?.has(each)) throw new DomainError("INVALID_ARGUMENT", `${each} cannot be both missed and met.`);
  if (isGiven(given.minutes) && given.minutes < 1)
    throw new DomainError("INVALID_ARGUMENT", `minutes must be at least 1, but got: ${given.minutes}.`);
  const idOf = (name: "goal" | "role" | "topic", kinds: readonly NodeKind[]) => {
    const text = given[name];
    return isGiven(text) ? { [name]: existing(view, name, text, kinds) } : {};
  };
  return {
    ...(after === undefined ? {} : { after }),
    seen: idsOf(view, "seen", given.seen ?? [], "Question"),
    ...(isGiven(given.known) ? { known: idsOf(view, "known", given.known, "Concept") } : {}),
    ...(missed ? { missed } : {}),
    ...(met ? { met } : {}),
    ...idOf("goal", ["Concept", "TradeOff", "Question"]),
    ...idOf("role", ["Role"]),
    ...idOf("topic", ["Topic"]),
    ...(isGiven(given.formats) ? { formats: given.formats } : {}),
    ...(isGiven(given.difficulty) ? { difficulty: given.difficulty } : {}),
    ...(isGiven(given.minutes) ? { minutes: given.minutes } : {}),
  };
}

/** The id of the node that a client's ID names, or would name if there were one. */
function idIn(view: GraphView, name: string, text: string, kinds: readonly NodeKind[]): NodeId {
  const { kind, id, slug } = parseId(text);
  if (!kinds.includes(kind))
    throw new DomainError(
      "INVALID_ARGUMENT",
      `${name} takes the ID of a ${kinds.join(" or ")}, but got that of a ${kind}.`,
    );
  return slug === undefined || view.node(id) ? id : (view.slugOwner(kind, slug) ?? id);
}

/** As `idIn`. Throws NOT_FOUND if there is no such node. */
export function existing(view: GraphView, name: string, text: string, kinds: readonly NodeKind[]): NodeId {
  const id = idIn(view, name, text, kinds);
  if (view.node(id)) return id;
  const { kind, slug } = parseId(text);
  const all = view.nodesInOrder(kind, byId);
  const length = slug === undefined ? 0 : Math.min(all.length, namesLookedAt);
  const slugs = Array.from({ length }, (_, at) => all.at(at).slug);
  const meant = didYouMean(nearNames(slug ?? "", slugs));
  throw new DomainError("NOT_FOUND", `${name}: there is no ${kind} ${JSON.stringify(slug ?? text)}.${meant}`);
}

function idsOf(view: GraphView, name: string, texts: readonly string[], kind: NodeKind): ReadonlySet<NodeId> {
  if (texts.length > maxIds)
    throw new DomainError("INVALID_ARGUMENT", `${name} holds more than its description allows.`);
  return new Set(texts.map((text) => idIn(view, name, text, [kind])));
}

/** Criteria of the question just answered. */
function criteria(
  view: GraphView,
  name: "missed" | "met",
  texts: Given<readonly string[]>,
  after: NodeId | undefined,
): ReadonlySet<NodeId> | undefined {
  if (!isGiven(texts)) return undefined;
  if (after === undefined)
    throw new DomainError("INVALID_ARGUMENT", `${name} names criteria of the question just answered: after is needed.`);
  const slugs = view
    .links(after, "Question.criteria")
    .map(({ other }) => view.node(other)!.slug.split("/")[1] as string);
  return new Set(
    texts.map((text) => {
      const slug = `${view.node(after)!.slug}/${text}`;
      const id = isSlugOf("Criterion", slug)
        ? view.slugOwner("Criterion", slug)
        : idIn(view, name, text, ["Criterion"]);
      if (id !== undefined && view.node(id) && ownerIdOf(id) === after) return id;
      const got = JSON.stringify(text.slice(0, 100));
      const meant = didYouMean(nearNames(text.slice(0, 100), slugs));
      throw new DomainError("NOT_FOUND", `${name}: the question just answered has no criterion ${got}.${meant}`);
    }),
  );
}
