import { CST, isMap, Lexer, LineCounter, parseDocument, type YAMLMap } from "yaml";
import { parsePlainYaml } from "./plain-yaml";
import type { ShapeRule, Spot } from "./file-finding";

export interface YamlSyntax {
  /** The top-level map; null if the text may not mean what its author meant. */
  readonly root: YAMLMap | null;
  /** Returns the line and column of an offset in the text. */
  spot(offset: number): Spot;
}

type Report = (rule: ShapeRule, spot: Spot, message: string, hint?: string) => void;

const noisy = 10;
const features = new Map([
  ["comment", "comments"],
  ["anchor", "anchors"],
  ["alias", "aliases"],
  ["tag", "tags"],
  ["directive-line", "directives"],
]);

/** Parses the YAML of a content file: one map of plain YAML 1.2. Line 1 of the file must be line 1 of the text. */
export function parseYaml(text: string, report: Report): YamlSyntax {
  const plain = parsePlainYaml(text);
  if (plain) return { root: plain, spot: spotsIn(text) };
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    stringKeys: true,
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    // A quieter level would not report that there are several documents.
    logLevel: "error",
  });
  const spot = (offset: number): Spot => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };

  const { errors } = document;
  const exhausted = errors.find((error) => error.code === "RESOURCE_EXHAUSTION");
  for (const error of exhausted ? [exhausted] : errors.slice(0, noisy))
    report("yaml-syntax", spot(error.pos[0]), exhausted ? "The YAML is nested too deeply." : sentence(error.message));
  const aliased = reportFeatures(text, spot, report);
  if (errors.length > 0 || aliased) return { root: null, spot };
  if (!isMap(document.contents)) {
    report("wrong-type", spot(0), "The file must hold a map of fields and links.");
    return { root: null, spot };
  }
  return { root: document.contents, spot };
}

/** Returns a function that finds the place of an offset. Lines are counted on its first call. */
function spotsIn(text: string): YamlSyntax["spot"] {
  let lines: LineCounter | undefined;
  return (offset) => {
    if (!lines) {
      lines = new LineCounter();
      for (let start = 0; start >= 0; start = text.indexOf("\n", start) + 1 || -1) lines.addNewLine(start);
    }
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
}

// The lexer marks where documents, flow errors and scalars begin with tokens that are not in the source.
const unsourced = new Set(["\u0002", "\u0018", "\u001f", "\ufeff"]);

/**
 * Matches the signs that features start with, but not in words and percentages (`1 %`). Most files hold none of them
 * and need no lexing.
 */
const mayHoldFeature = /(?:^|[^\p{L}\p{N}]|[|>][-+\d]*)(?:[#&*!]|(?<!\p{N} )%)/mu;

/**
 * Reports each forbidden feature at its first place. Returns true if there are aliases. They are never resolved, since
 * a few lines of them can expand to gigabytes.
 */
function reportFeatures(text: string, spot: (offset: number) => Spot, report: Report): boolean {
  if (!mayHoldFeature.test(text)) return false;
  const found = new Map<string, { readonly offset: number; readonly lexeme: string; count: number }>();
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const feature = features.get(CST.tokenType(lexeme) ?? "");
    const known = feature && found.get(feature);
    if (known) known.count++;
    else if (feature) found.set(feature, { offset, lexeme, count: 1 });
    if (!unsourced.has(lexeme)) offset += lexeme.length;
  }
  for (const [feature, { offset: at, lexeme, count }] of found) {
    const what = `${lexeme.slice(0, 40)}${lexeme.length > 40 ? "…" : ""}${count > 1 ? ` (and ${count - 1} more)` : ""}`;
    const hint =
      feature === "aliases" || feature === "anchors"
        ? "Write the value out where it is needed."
        : 'Remove it; a text that starts with one of # & * ! % must be in quotes, "like this".';
    report("yaml-feature", spot(at), `Content files hold no ${feature}, but got: ${what}`, hint);
  }
  return found.has("aliases");
}

const sentence = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
