import type { EdgeState } from "../../../src/domain/changes/change-set";
import type { GraphView } from "../../../src/domain/graph/graph-view";
import type { NodeId } from "../../../src/domain/ids";
import type { RelationName } from "../../../src/domain/ontology/relations";
import type { WordIndex } from "../../../src/domain/recommendation/word-index";
import { seeded } from "../../random";

/** One hold-out: the graph without the links held out, in two forms. */
export interface Trial {
  readonly view: GraphView;
  readonly edges: readonly EdgeState[];
  readonly questions: readonly NodeId[];
  /** Of titles, prompts and answers; of titles and prompts alone. */
  readonly words: WordIndex;
  readonly openWords: WordIndex;
  readonly seed: number;
}

/** How much each question suits another one: higher is better. */
export type Scorer = (of: NodeId) => (other: NodeId) => number;

export const random = ({ seed }: Trial): Scorer => {
  const next = seeded(seed);
  return () => () => next();
};

export const popularity =
  ({ view }: Trial): Scorer =>
  () =>
  (other) =>
    view.links(other, "Question.precededBy").length + view.links(other, "Question.related").length;

const sharedCount =
  (view: GraphView, relations: readonly RelationName[]): Scorer =>
  (of) => {
    const own = new Set(relations.flatMap((relation) => view.links(of, relation).map((link) => link.other)));
    return (other) =>
      relations.reduce(
        (sum, relation) => sum + view.links(other, relation).filter((link) => own.has(link.other)).length,
        0,
      );
  };

export const sameTopic = ({ view }: Trial): Scorer => sharedCount(view, ["Question.topics"]);
export const tagOverlap = ({ view }: Trial): Scorer => sharedCount(view, ["Question.topics", "Question.concepts"]);
export const textOnly =
  ({ words }: Trial): Scorer =>
  (of) =>
    words.similarity(of).with;
export const openTextOnly =
  ({ openWords }: Trial): Scorer =>
  (of) =>
    openWords.similarity(of).with;

const walked: ReadonlySet<string> = new Set([
  "COVERS",
  "ABOUT",
  "USES",
  "WEIGHS",
  "FOLLOWED_BY",
  "RELATED_TO",
  "PREREQUISITE_OF",
  "IMPLEMENTS",
]);
const restart = 0.3;
const rounds = 15;

/** Personalised PageRank by power iteration over the links between questions, concepts, tools, trade-offs and topics. */
export function pageRank({ edges }: Trial): Scorer {
  const places = new Map<string, number>();
  const place = (id: string): number => places.get(id) ?? (places.set(id, places.size), places.size - 1);
  const arcs = edges
    .filter(({ edge }) => walked.has(edge))
    .flatMap(({ from, to }) => [[place(from), place(to)] as const, [place(to), place(from)] as const]);
  const degrees = new Float64Array(places.size);
  for (const [from] of arcs) degrees[from]!++;
  return (of) => {
    let rank = new Float64Array(places.size);
    const start = place(of);
    rank[start] = 1;
    for (let round = 0; round < rounds; round++) {
      const next = new Float64Array(places.size);
      next[start] = restart;
      for (const [from, to] of arcs) next[to]! += ((1 - restart) * (rank[from] as number)) / (degrees[from] as number);
      rank = next;
    }
    return (other) => rank[places.get(other) ?? -1] ?? 0;
  };
}
