import { plainText } from "./text-weights";
import { type SearchedField, textsIn } from "./searched-texts";
import { visitTokens } from "./tokens";

/** A stretch of a text, and whether it is what was searched for. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/** A passage of a field with something in it that was searched for. */
export interface Highlight {
  readonly field: string;
  /** Together they are the passage, as plain text. */
  readonly pieces: readonly Piece[];
}

interface Mark {
  readonly start: number;
  readonly end: number;
}

const maxPassageLength = 240;
const before = 60;

/** The passage of a field's texts that holds the most marks, the first of equals; null if none holds any. */
export function highlightOf(
  { name }: SearchedField,
  value: unknown,
  isMatch: (term: string) => boolean,
): Highlight | null {
  let best: { readonly text: string; readonly passage: Passage } | null = null;
  for (const markdown of textsIn(value)) {
    const text = plainText(markdown).trim();
    const passage = passageOf(text, marksIn(text, isMatch));
    if (passage && passage.marks.length > (best?.passage.marks.length ?? 0)) best = { text, passage };
  }
  return best && { field: name, pieces: piecesOf(best.text, best.passage) };
}

function marksIn(text: string, isMatch: (term: string) => boolean): Mark[] {
  const marks: Mark[] = [];
  visitTokens(text, (term, start, end) => {
    if (!isMatch(term)) return;
    // What is written together comes after its parts and takes their place.
    while (marks.length > 0 && (marks.at(-1) as Mark).start >= start) marks.pop();
    if ((marks.at(-1)?.end ?? 0) <= start) marks.push({ start, end });
  });
  return marks;
}

interface Passage {
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mark[];
}

function passageOf(text: string, marks: readonly Mark[]): Passage | null {
  const [first] = marks;
  if (!first) return null;
  if (text.length <= maxPassageLength) return { start: 0, end: text.length, marks };
  let [max, at] = [0, 0];
  for (let from = 0, to = 0; from < marks.length; from++) {
    while (to < marks.length && (marks[to] as Mark).end - (marks[from] as Mark).start <= maxPassageLength - before)
      to += 1;
    if (to - from > max) [max, at] = [to - from, from];
  }
  const start = afterBlank(text, Math.max(0, (marks[at] as Mark).start - before), (marks[at] as Mark).start);
  const last = marks[at + Math.max(max, 1) - 1] as Mark;
  const end = Math.max(last.end, beforeBlank(text, Math.min(text.length, start + maxPassageLength), last.end));
  return { start, end, marks: marks.filter((mark) => mark.start >= start && mark.end <= end) };
}

/** The first place from `at` on where a word begins, `most` at the latest. Blanks never lie within a surrogate pair. */
function afterBlank(text: string, at: number, max: number): number {
  if (at === 0) return 0;
  for (let place = at; place < max; place++) if (/\s/.test(text[place - 1] as string)) return place;
  return max;
}

function beforeBlank(text: string, at: number, min: number): number {
  if (at >= text.length) return text.length;
  for (let place = at; place > min; place--) if (/\s/.test(text[place] as string)) return place;
  return min;
}

function piecesOf(text: string, { start, end, marks }: Passage): Piece[] {
  const pieces: Piece[] = [];
  const add = (from: number, to: number, isMatch: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), isMatch });
  };
  if (start > 0) pieces.push({ text: "… ", isMatch: false });
  let at = start;
  for (const mark of marks) {
    add(at, mark.start, false);
    add(mark.start, mark.end, true);
    at = mark.end;
  }
  add(at, end, false);
  if (end < text.length) pieces.push({ text: " …", isMatch: false });
  return pieces;
}
