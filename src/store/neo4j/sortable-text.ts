/**
 * A text that compares as the given one does by code point, by whichever unit it is compared. Neo4j compares texts that
 * it has stored by code point but a parameter by UTF-16 unit, where U+E000 to U+FFFF come after what is beyond them.
 * So what is from there on is written with units below the surrogates; almost all texts stay as they are.
 */
export const sortableText = (text: string): string =>
  text.replace(escaped, (character) => escape(character.codePointAt(0)!));

const escaped = /[\u{d7fd}-\u{10ffff}]/gu;
// Unassigned characters, the last ones below the surrogates; they are escaped too, so that nothing else begins with them.
const [below, beyondSurrogates, beyondUnits] = ["\ud7fd", "\ud7fe", "\ud7ff"];
const digit = (value: number): string => String.fromCharCode(0x20 + value);

function escape(codePoint: number): string {
  if (codePoint < 0xd800) return below + digit(codePoint - 0xd7fd);
  if (codePoint < 0x10000) return beyondSurrogates + digit(codePoint - 0xe000);
  const offset = codePoint - 0x10000;
  return beyondUnits + digit(offset >> 10) + digit(offset & 0x3ff);
}
