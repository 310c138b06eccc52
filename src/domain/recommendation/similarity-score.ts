import type { Adjacent, GraphView } from "../graph/graph-view";
import type { NodeId } from "../ids";
import { linksBetweenQuestions, rarity } from "./links-to-questions";
import { emphasis } from "./policy";
import type { Profile } from "./profile";

/** How far in a topic's order a question still counts as close. */
const closest = 10;
/** Links beyond these are passed over: what leads everywhere says little of one question. */
const hubLinks = 200;
const steps = 40;

/** Adds what questions gain by being like this one. */
export function addSimilarityScore(view: GraphView, anchor: NodeId, profile: Profile): void {
  for (const link of view.links(anchor, "Question.concepts")) addConcept(view, link, profile);
  for (const link of view.links(anchor, "Question.tradeOffs")) addShared(view, link, "SHARED_TRADE_OFF", profile);
  for (const link of view.links(anchor, "Question.tools")) addShared(view, link, "SHARED_TOOL", profile);
  for (const link of view.links(anchor, "Question.roles")) addShared(view, link, "SHARED_ROLE", profile);
  for (const link of view.links(anchor, "Question.topics")) {
    addShared(view, link, "SHARED_TOPIC", profile);
    addOrder(view, anchor, link, profile);
  }
  addNeighbours(view, anchor, profile);
}

type Shared = "SHARED_TRADE_OFF" | "SHARED_TOOL" | "SHARED_ROLE" | "SHARED_TOPIC";

const addShared = (view: GraphView, link: Adjacent, kind: Shared, profile: Profile): void =>
  profile.gainAt(link.other, kind, rarity(view, link.other), [link]);

function addConcept(view: GraphView, link: Adjacent, profile: Profile): void {
  const concept = link.other;
  const rare = rarity(view, concept);
  const own = link.edge.properties["emphasis"] as keyof typeof emphasis;
  const factors = { teaching: emphasis.TEACHES, assuming: emphasis.ASSUMES };
  profile.gainAt(concept, "SHARED_CONCEPT", rare * emphasis[own], [link], factors);
  if (own === "ASSUMES") profile.gainAt(concept, "TAUGHT_NEXT", rare, [link], { assuming: 0 });
  const beside = (next: Adjacent) => Math.sqrt(rare * rarity(view, next.other));
  for (const relation of ["Concept.prerequisites", "Concept.unlocks"] as const)
    for (const next of view.links(concept, relation).slice(0, steps))
      profile.gainAt(next.other, "PREREQUISITE", beside(next), [link, next]);
  for (const next of view.links(concept, "Concept.related"))
    profile.gainAt(next.other, "RELATED_CONCEPT", beside(next), [link, next]);
}

/** Those that stand close to the question in the topic's order. */
function addOrder(view: GraphView, anchor: NodeId, link: Adjacent, profile: Profile): void {
  const list = view.links(link.other, "Topic.questions");
  const place = placeIn(list, anchor, link.edge.order ?? 0);
  for (let at = Math.max(0, place - closest); at <= Math.min(list.length - 1, place + closest); at++) {
    const near = list[at] as Adjacent;
    if (at !== place) profile.gainOf(near.other, "TOPIC_ORDER", 1 / Math.abs(at - place), [link, near]);
  }
}

/** Where a question stands in a list that is sorted by order, found by halving. */
function placeIn(list: readonly Adjacent[], question: NodeId, order: number): number {
  let low = 0;
  for (let high = list.length; low < high;) {
    const middle = (low + high) >>> 1;
    if (((list[middle] as Adjacent).edge.order ?? 0) < order) low = middle + 1;
    else high = middle;
  }
  while (low < list.length - 1 && (list[low] as Adjacent).other !== question) low++;
  return low;
}

/** Those that an author linked with a question with which this one is linked as well; each of these counts once. */
function addNeighbours(view: GraphView, anchor: NodeId, profile: Profile): void {
  const near = new Set([anchor]);
  for (const link of linksWith(view, anchor).slice(0, steps)) {
    const further = linksWith(view, link.other);
    if (near.has(link.other) || further.length > hubLinks) continue;
    near.add(link.other);
    const amount = 1 / Math.log(1 + Math.max(2, further.length));
    const met = new Set([anchor]);
    for (const next of further) {
      if (!met.has(next.other)) profile.gainOf(next.other, "SHARED_NEIGHBOUR", amount, [link, next]);
      met.add(next.other);
    }
  }
}

const linksWith = (view: GraphView, question: NodeId): Adjacent[] =>
  linksBetweenQuestions.flatMap((relation) => view.links(question, relation));
