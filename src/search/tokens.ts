/** A word of a text as it is compared: in lower case, without accents. */
export interface Token {
  readonly term: string;
  /** Where it stands in the text, in UTF-16 units; never within a surrogate pair. */
  readonly start: number;
  readonly end: number;
  /** How many of the words before it this one joins: `int8` after `int` and `8`; 1 for a word of its own. */
  readonly parts: number;
}

type Visit = (term: string, start: number, end: number, parts: number) => void;

const maxTermLength = 48;
const maxParts = 4;
const maxBigOLength = 30;

const isAsciiWord = new Uint8Array(128);
for (const letter of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
  isAsciiWord[letter.charCodeAt(0)] = 1;
const joints = new Set([..."-_/.+@:^‐‑"].map((each) => each.charCodeAt(0)));
const apostrophes = new Set([..."'’"].map((each) => each.charCodeAt(0)));
const otherWord = /[\p{L}\p{N}\p{M}]/u;

/** The tokens of a text, in reading order, a joined one after its parts. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = [];
  visitTokens(text, (term, start, end, parts) => found.push({ term, start, end, parts }));
  return found;
}

/**
 * Finds words, decimals (`p99.9`), ratios (`2:4`), names with signs (`C++`) and growth (`O(n log n)` as `o(nlogn)`). What is
 * written together with a sign between gives its parts and the whole: `INT-8` is `int`, `8` and `int8`.
 */
export function visitTokens(given: string, visit: Visit): void {
  // Some letters are longer in lower case; then places would be others.
  const lower = given.toLowerCase();
  const text = lower.length === given.length ? lower : given;
  let at = 0;
  while (at < text.length) {
    const width = wordWidth(text, at);
    if (width === 0) at += 1;
    else at = visitRun(text, at, visit);
  }
}

/** Visits the words from `start` that signs hold together; gives where they end. */
function visitRun(text: string, start: number, visit: Visit): number {
  let at = start;
  let joined = "";
  let parts = 0;
  for (;;) {
    const end = wordEnd(text, at);
    const term = normalized(text.slice(at, end));
    if (term !== "" && term.length <= maxTermLength) {
      visit(term, at, end, 1);
      joined += term;
      parts += 1;
    }
    if (term === "o" && text[end] === "(") visitBigO(text, at, end, visit);
    const goesOn = end < text.length && joints.has(text.charCodeAt(end)) && wordWidth(text, end + 1) > 0;
    if (!goesOn) {
      if (parts > 1 && parts <= maxParts && joined.length <= maxTermLength) visit(joined, start, end, parts);
      return end;
    }
    at = end + 1;
  }
}

function visitBigO(text: string, start: number, open: number, visit: Visit): void {
  let depth = 0;
  for (let at = open; at < text.length && at - open <= maxBigOLength; at++) {
    if (text[at] === "(") depth += 1;
    else if (text[at] === ")" && --depth === 0) {
      const inside = text.slice(open + 1, at).replace(/[\s·*×]+/g, "");
      if (inside !== "") visit(`o(${normalized(inside)})`, start, at + 1, maxParts);
      return;
    }
  }
}

/** Where the word ends that starts at `at`, with its decimals, apostrophes and plus signs. */
function wordEnd(text: string, start: number): number {
  let at = start;
  for (;;) {
    let width = wordWidth(text, at);
    while (width > 0) width = wordWidth(text, (at += width));
    const code = text.charCodeAt(at);
    const isBetweenDigits = isDigit(text, at - 1) && isDigit(text, at + 1);
    if (isBetweenDigits && (code === 0x2e || code === 0x3a || (code === 0x2c && isThousands(text, at)))) at += 1;
    else if (apostrophes.has(code) && wordWidth(text, at + 1) > 0) at += 1;
    else break;
  }
  if (at - start === 1 && text.startsWith("++", at)) return at + 2;
  if (at - start === 1 && text[at] === "#" && wordWidth(text, at + 1) === 0) return at + 1;
  return at;
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
};

const isThousands = (text: string, comma: number): boolean =>
  isDigit(text, comma + 1) && isDigit(text, comma + 2) && isDigit(text, comma + 3) && !isDigit(text, comma + 4);

/** How many UTF-16 units of a word stand here: 0 where none does. */
function wordWidth(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return isAsciiWord[code] as number;
  if (Number.isNaN(code)) return 0;
  const character = String.fromCodePoint(text.codePointAt(at) as number);
  return otherWord.test(character) ? character.length : 0;
}

/** Whether all of it is lower-case Latin letters and digits. */
function isPlain(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code >= 128 || isAsciiWord[code] === 0 || (code >= 0x41 && code <= 0x5a)) return false;
  }
  return true;
}

/** One form for what differs in case, accents, width, apostrophes and commas of thousands. */
function normalized(word: string): string {
  if (isPlain(word)) return word;
  return word
    .toLowerCase()
    .normalize("NFKC")
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/['’]s$/, "")
    .replace(/(?<=\d),(?=\d{3})|['’]/g, "");
}
