import type { EdgeKind } from "./edge-kinds";

/** The least that an edge can weigh. */
export const minWeight = 1;

/**
 * How little an edge says about why its ends belong together, from 1 to 4. Among paths of equally many hops, those with the
 * smaller sum come first. Weights are whole numbers, so that sums are exact.
 */
export const edgeWeights: Readonly<Record<EdgeKind, 1 | 2 | 3 | 4>> = Object.freeze({
  // 1: an author's own step from one thing to the next, or what something is made of.
  FOLLOWED_BY: 1, // "Ask this next": the step that the bank is made for.
  PREREQUISITE_OF: 1, // "Understand this first": the step of every learning path.
  WEIGHS: 1, // The question exists to make one weigh this.
  ABOUT: 1, // The question exists to assume or to teach this.
  ANSWERED_BY: 1, // An answer is a part of its question.
  JUDGED_BY: 1, // So is a criterion.
  OFFERS: 1, // An option is a part of its trade-off.
  ASSESSED_AS: 1, // An assessment is a part of its option.
  FLIPS: 1, // A flip condition is a part of its trade-off.
  REPORTS: 1, // A figure is a part of its benchmark.
  EVIDENCED_BY: 1, // The author says what the figure shows about the statement.

  // 2: a reasoned link without a direction of study, or a fact about both ends.
  RELATED_TO: 2, // Both bear on one matter; neither leads on to the other.
  IMPLEMENTS: 2, // The tool puts it to work, among other things.
  REALIZED_BY: 2, // One of the ways to put the option into practice.
  MEASURES: 2, // The figure is one of this at work, and often of more.
  MEETS: 2, // One thing of several that the answer does.
  FAVORS: 2, // Better on one side of the point only.
  USES: 2, // The question turns on it, or merely has it in the answer.

  // 3: both ends are looked at under one heading, which others share.
  ON: 3, // A quality is a heading of many trade-offs.
  WEIGHED_ON: 3, // The same heading, from the trade-off.
  INDICATES: 3, // A quality again, from a metric.
  OF: 3, // A metric is a heading of many figures.
  COVERS: 3, // A topic is a heading of many questions.
  PART_OF: 3, // A topic under another.
  CITES: 3, // One document is the ground of many statements.
  PUBLISHED_IN: 3, // And of many figures.

  // 4: the ends need not have anything else to do with each other.
  ASKED_OF: 4, // Half of all questions are asked of a role.
  MENTIONS: 4, // A name in passing; nobody said why.
});
