import { Document, stringify } from "yaml";
import { isOtherType } from "./plain-yaml";

const options = { lineWidth: 0, blockQuote: "literal" } as const;

/**
 * Maps, lists and scalars as a YAML document, as the `yaml` library prints them in block style with no limit of line
 * length. Texts that are sure to be plain, quoted or literal are printed here, since that takes a tenth of the time.
 */
export function printYaml(value: ReadonlyMap<string, unknown>): string {
  const lines: string[] = [];
  return printMap(value, "", "", lines) && lines.length > 0
    ? `${lines.join("\n")}\n`
    : new Document(value, { aliasDuplicateObjects: false }).toString(options);
}

/** Appends the lines of a map, the first with an indent of its own. False where only the library can tell. */
function printMap(map: ReadonlyMap<string, unknown>, first: string, indent: string, lines: string[]): boolean {
  let start = first;
  for (const [key, value] of map) {
    if (!isPlainKey.test(key) || isOtherType.test(key)) return false;
    if (!printValue(`${start}${key}:`, value, indent, lines)) return false;
    start = indent;
  }
  return map.size > 0;
}

function printList(list: readonly unknown[], indent: string, lines: string[]): boolean {
  return (
    list.length > 0 &&
    list.every((item) =>
      item instanceof Map
        ? printMap(item as ReadonlyMap<string, unknown>, `${indent}- `, `${indent}  `, lines)
        : !Array.isArray(item) && printScalar(`${indent}-`, item, indent, lines),
    )
  );
}

/** Appends a value after its key. */
function printValue(head: string, value: unknown, indent: string, lines: string[]): boolean {
  const within = `${indent}  `;
  if (value instanceof Map) return lines.push(head) > 0 && printMap(value, within, within, lines);
  if (Array.isArray(value)) return lines.push(head) > 0 && printList(value, within, lines);
  return printScalar(head, value, indent, lines);
}

const isPlainKey = /^[A-Za-z][\w-]*(?: [\w-]+)*$/;
const isMarked = /^[ ,[\]{}#&*!|>'"%@`]|: | #|[ :]$/;
// eslint-disable-next-line no-control-regex
const isUnusual = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\\\p{Cs}]/u;
const isLiteral = /^[^ \n][^]*\n[^]*[^ \n]$/;

/** Appends a scalar after what stands before it in its line. */
function printScalar(head: string, value: unknown, indent: string, lines: string[]): boolean {
  if (typeof value !== "string") {
    const isFinite = typeof value === "number" && Number.isFinite(value) && !Object.is(value, -0);
    lines.push(`${head} ${isFinite || typeof value === "boolean" ? JSON.stringify(value) : asValue(value)}`);
  } else if (value.includes("\n")) {
    if (isUnusual.test(value) || !isLiteral.test(value)) return false;
    lines.push(`${head} |-\n${indent}  ${value.replace(/\n+/g, `$&${indent}  `)}`);
  } else if (isUnusual.test(value) || isOtherType.test(value) || /^[-?]/.test(value)) {
    lines.push(`${head} ${asValue(value)}`);
  } else {
    lines.push(`${head} ${isMarked.test(value) ? quoted(value) : value}`);
  }
  return true;
}

const asValue = (value: unknown): string => stringify({ k: value }, options).slice("k: ".length, -1);
const quoted = (value: string): string =>
  value.includes('"') && !value.includes("'") ? `'${value}'` : JSON.stringify(value);
