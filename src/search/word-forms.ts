import { stemmer } from "stemmer";

export type StemOf = (term: string) => string;

const compared =
  /^(fast|slow|cheap|dear|long|short|small|high|low|quick|great|larg|simpl|clos|old|new|big)(?:g?er|g?est|r|st)$/;

/**
 * What the forms of a word have in common: Porter's stem, for which British spellings become American ones and compared
 * adjectives plain ones. Names with digits or signs in them are their own stem.
 */
export function stemOf(term: string): string {
  if (term.length < 4 || !/^[a-z]+$/.test(term)) return term;
  const plain = term.replace(compared, "$1");
  return stemmer(plain.length > 6 ? american(plain) : plain);
}

/** `quantisation` as `quantization`, `neighbours` as `neighbors`; other words lose nothing that their stem would show. */
const american = (word: string): string =>
  word.replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/, "iz").replace(/our(?=(?:s|ed|ing|hood)?$)/, "or");
