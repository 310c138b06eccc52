import type { Rule } from "../finding";
import { answerParts } from "./answer-parts";
import { bareFigure } from "./bare-figure";
import { benchmarkReach } from "./benchmark-reach";
import { conceptCore } from "./concept-core";
import { conceptTeaching } from "./concept-teaching";
import { doubtfulUrl } from "./doubtful-url";
import { emptyReason } from "./empty-reason";
import { nearDuplicate } from "./near-duplicate";
import { orphan } from "./orphan";
import { questionParts } from "./question-parts";
import { questionReach } from "./question-reach";
import { redundantPrerequisite } from "./redundant-prerequisite";
import { repeatedReason } from "./repeated-reason";
import { sharedParagraph } from "./shared-paragraph";
import { staleFigures } from "./stale-figures";
import { textLength } from "./text-length";
import { toolParts } from "./tool-parts";
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
