import type { Severity } from "../domain/rules/finding";

export interface FileFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** True if the finding always stops an import. */
  readonly structural: boolean;
  /** The path relative to the bank's folder, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}

export interface Spot {
  readonly line: number;
  readonly column: number;
}

export const fileStart: Spot = { line: 1, column: 1 };

/** The rules of the first pass, about the form of one file. All but the last three are structural. */
export const shapeRules = {
  "unexpected-file": "The bank's folder holds a folder for each kind, and each of those one file for each node.",
  unreadable: "A file is UTF-8 text of moderate size, and no link to another place.",
  "invalid-slug": "File names, own slugs and references are kebab-case slugs.",
  "slug-taken": "A slug belongs to one node of its kind, for ever.",
  "front-matter": "A Markdown file starts with YAML front matter between two lines of three dashes.",
  "yaml-syntax": "The YAML can be parsed.",
  "yaml-feature": "The YAML holds no comments, anchors, aliases, tags or directives, which rewriting would lose.",
  "duplicate-key": "A map holds each key once.",
  "unknown-key": "Keys are the fields and relations of the ontology.",
  required: "Required fields and links are there.",
  "wrong-type": "A value has the type of its field.",
  "invalid-value": "A value is within the limits of its field.",
  "duplicate-link": "Two nodes are linked once by an edge kind.",
  "unknown-section": "The level 1 headings of a Markdown file are those of its kind.",
  "json-record": "Each line of JSON Lines is one JSON object of moderate size, with the kind and slug of its node.",
  "canonical-form": "Files are in the form in which the bank would be written.",
  "lint-settings":
    "The bank's lint.yaml says how it is judged, and each exception names a rule and a file, with its reason.",
  "idle-exception": "An exception goes when what it excuses is gone.",
} as const;

export type ShapeRule = keyof typeof shapeRules;
