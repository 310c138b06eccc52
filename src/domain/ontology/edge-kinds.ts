import * as concepts from "./edges/concepts";
import * as evidence from "./edges/evidence";
import * as questions from "./edges/questions";
import * as topics from "./edges/topics";
import * as tradeOffs from "./edges/trade-offs";

/** Every edge kind of the graph, by its relationship type; content files hold their keys in this order. */
export const edgeKinds = {
  PART_OF: topics.PART_OF,
  COVERS: topics.COVERS,
  ASKED_OF: questions.ASKED_OF,
  ABOUT: questions.ABOUT,
  USES: questions.USES,
  WEIGHS: questions.WEIGHS,
  JUDGED_BY: questions.JUDGED_BY,
  ANSWERED_BY: questions.ANSWERED_BY,
  MEETS: questions.MEETS,
  FOLLOWED_BY: questions.FOLLOWED_BY,
  PREREQUISITE_OF: concepts.PREREQUISITE_OF,
  RELATED_TO: questions.RELATED_TO,
  IMPLEMENTS: concepts.IMPLEMENTS,
  WEIGHED_ON: tradeOffs.WEIGHED_ON,
  OFFERS: tradeOffs.OFFERS,
  REALIZED_BY: tradeOffs.REALIZED_BY,
  ASSESSED_AS: tradeOffs.ASSESSED_AS,
  ON: tradeOffs.ON,
  FAVORS: tradeOffs.FAVORS,
  EVIDENCED_BY: tradeOffs.EVIDENCED_BY,
  OF: evidence.OF,
  INDICATES: evidence.INDICATES,
  FLIPS: tradeOffs.FLIPS,
  REPORTS: evidence.REPORTS,
  MEASURES: evidence.MEASURES,
  PUBLISHED_IN: evidence.PUBLISHED_IN,
  CITES: concepts.CITES,
  MENTIONS: concepts.MENTIONS,
} as const;

export type EdgeKind = keyof typeof edgeKinds;
export const edgeKindNames = Object.keys(edgeKinds) as readonly EdgeKind[];
