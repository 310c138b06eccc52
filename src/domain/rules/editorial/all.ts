import type { Rule } from "../finding";
import { bareFigure } from "./bare-figure";
import { benchmarkReach } from "./benchmark-reach";
import { conceptCore } from "./concept-core";
import { conceptTeaching } from "./concept-teaching";
import { doubtfulUrl } from "./doubtful-url";
import { emptyReason } from "./empty-reason";
import { orphan } from "./orphan";
import { answerParts, questionParts, toolParts } from "./question-parts";
import { questionReach } from "./question-reach";
import { redundantPrerequisite } from "./redundant-prerequisite";
import { repeatedReason } from "./repeated-reason";
import { nearDuplicate, sharedParagraph } from "./shingles";
import { staleFigures } from "./stale-figures";
import { textLength } from "./text-length";
import { unlinkedName } from "./unlinked-name";
import { usualCount } from "./usual-count";

/** The rules for a finished bank: they apply where its `lint.yaml` says `editorial: true`. */
export const editorialRules: readonly Rule[] = [
  usualCount,
  questionParts,
  answerParts,
  toolParts,
  conceptTeaching,
  textLength,
  repeatedReason,
  emptyReason,
  unlinkedName,
  bareFigure,
  nearDuplicate,
  sharedParagraph,
  doubtfulUrl,
  redundantPrerequisite,
  orphan,
  benchmarkReach,
  questionReach,
  conceptCore,
  staleFigures,
];
