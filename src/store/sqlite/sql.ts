export type SqlValue = string | number | Uint8Array | null;

/** A piece of a statement: its text holds a `?` for each value, and no value ever becomes text. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Composes statements: pieces are put in as they are, anything else becomes a `?`. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  if (parts.every(isValue)) return { text: textOf(strings), values: parts };
  let text = strings[0] as string;
  const values: SqlValue[] = [];
  parts.forEach((part, index) => {
    if (isValue(part)) {
      text += "?";
      values.push(part);
    } else {
      text += part.text;
      values.push(...part.values);
    }
    text += strings[index + 1] as string;
  });
  return { text, values };
}

const isValue = (part: Sql | SqlValue): part is SqlValue =>
  part === null || typeof part !== "object" || part instanceof Uint8Array;

/** One text for each place in the program: a statement that runs for each item of a commit is composed, and hashed, once. */
function textOf(strings: TemplateStringsArray): string {
  const known = texts.get(strings);
  if (known !== undefined) return known;
  const text = strings.join("?");
  texts.set(strings, text);
  return text;
}
const texts = new WeakMap<TemplateStringsArray, string>();

/** Text from the program itself, such as names of the ontology; never from a caller. */
export const closed = (text: string): Sql => ({ text, values: [] });

/** A name of the ontology as a text literal, so that partial indexes can be matched. */
export const quoted = (name: string): Sql => closed(`'${name.replaceAll("'", "''")}'`);

export const joined = (pieces: readonly Sql[], separator: string): Sql => ({
  text: pieces.map((piece) => piece.text).join(separator),
  values: pieces.flatMap((piece) => piece.values),
});

/** A list of values as the rows of a table with the column `value`, so that its length does not change the text. */
export const rowsOf = (values: readonly unknown[]): Sql => sql`json_each(${JSON.stringify(values)})`;
