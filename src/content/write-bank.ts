import { lstat, mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Document, stringify } from "yaml";
import type { NodeState } from "../domain/changes/change-set";
import { ownFormerSlugs, ownPart } from "../domain/changes/former-slugs";
import { DomainError } from "../domain/errors";
import { compareText, enumRank } from "../domain/graph/order";
import { firstSlugOf, kindOf, type NodeId, ownerIdOf } from "../domain/ids";
import type { Field, FieldType } from "../domain/ontology/field";
import { type NodeKind, nodeKinds } from "../domain/ontology/node-kinds";
import { type Bank, type BankLink, bankView, type BankView } from "../domain/rules/bank-view";
import type { BankFile } from "./bank-file";
import { entriesOf, type Entry, extensionOf, fileKinds, folderOf, type LinksEntry } from "./layout";
import { listItems, splitSections } from "./markdown-sections";
import { isOwnedBy } from "./names";
import { isOtherType } from "./plain-yaml";
import { nestedHeading, sectionsOf } from "./sections";

/**
 * Returns the canonical files of a bank, in the order of their paths. A link to a node that does not exist keeps the
 * slug of its id.
 */
export function writeBank(bank: Bank): BankFile[] {
  const view = bankView(bank);
  return fileKinds
    .flatMap((kind) => view.ofKind(kind))
    .map((node) => new FileWriter(view, node).write())
    .sort((a, b) => compareText(a.path, b.path));
}

/** Returns the content of a node's file, with every field under its key: maps, lists and scalars in canonical order. */
export const contentOf = (bank: BankView, node: NodeState): ReadonlyMap<string, unknown> =>
  new FileWriter(bank, node, []).mapOf(node);

/** Writes the file of one node, with all that the node owns and the links that its file holds. */
class FileWriter {
  private readonly sections: WrittenSection[] = [];

  constructor(
    private readonly bank: BankView,
    private readonly owner: NodeState,
    /** The fields that are written as sections instead of under their keys. */
    private readonly layout = sectionsOf(owner.kind),
  ) {}

  write(): BankFile {
    const { kind, slug } = this.owner;
    const yaml = printYaml(this.mapOf(this.owner));
    const text = sectionsOf(kind).length === 0 ? yaml : `---\n${yaml}---\n${sectionsMarkdown(this.sections)}`;
    return { path: `${folderOf(kind)}/${slug}${extensionOf(kind)}`, kind, slug, text };
  }

  /**
   * Returns a node's keys and values in canonical order. `nested` is the key that holds the node in the file's own
   * node.
   */
  mapOf(node: NodeState, nested?: string): Map<string, unknown> {
    const written = entriesOf(node.kind).map((entry): [string, unknown] => [
      entry.key,
      this.entryOf(node, entry, nested),
    ]);
    return new Map(written.filter(([, value]) => value !== undefined));
  }

  private entryOf(node: NodeState, entry: Entry, nested?: string): unknown {
    if (entry.is === "formerSlugs") return unlessEmpty(ownFormerSlugs(node));
    if (entry.is === "field") return this.fieldOf(node, entry.key, entry.field, nested);
    const links = this.bank.links(node.id, entry.relation.name);
    if (entry.is === "links") return this.linksOf(node, entry, links);
    const children = links.flatMap(({ other }) => this.bank.nodes.get(other) ?? []);
    const sorted = entry.relation.ordered ? children : children.sort(bySlugWithin(this.owner.kind, entry.key));
    return sorted.length === 0
      ? undefined
      : new Map(sorted.map((child) => [ownPart(child.slug), this.mapOf(child, entry.key)]));
  }

  private fieldOf(node: NodeState, key: string, field: Field, nested?: string): unknown {
    const value = (field.long ? node.texts : node.fields)[key];
    if (value === undefined) return undefined;
    for (const section of this.layout) {
      const isHere = "nested" in section ? section.nested === nested : nested === undefined;
      if (!isHere || section.field !== key) continue;
      const heading = "nested" in section ? nestedHeading(ownPart(node.slug), section.noun) : section.heading;
      const text = sectionText(value as string | readonly string[]);
      if (text === null) break;
      this.sections.push({ heading, text });
      return undefined;
    }
    return writeValue(value, field.type, (id) => this.slugFor(id));
  }

  private linksOf(node: NodeState, entry: LinksEntry, links: readonly BankLink[]): unknown {
    const { relation } = entry;
    const written = links
      .map(({ other, edge }) => ({ slug: this.slugFor(other), edge }))
      .filter(({ slug }) => relation.direction !== "both" || compareText(node.slug, slug) < 0);
    if (!relation.ordered) written.sort((a, b) => compareText(a.slug, b.slug));
    const items = written.map(({ slug, edge }) => this.linkOf(entry, slug, edge.properties));
    return relation.end.one ? items[0] : unlessEmpty(items);
  }

  private linkOf(
    { targetKey, properties }: LinksEntry,
    slug: string,
    values: Readonly<Record<string, unknown>>,
  ): unknown {
    if (targetKey === undefined) return slug;
    const present = Object.entries(properties).filter(([name]) => values[name] !== undefined);
    return new Map<string, unknown>([
      [targetKey, slug],
      ...present.map(([name, field]): [string, unknown] => [
        name,
        writeValue(values[name], field.type, (id) => this.slugFor(id)),
      ]),
    ]);
  }

  /** Returns the slug by which this file refers to a node: the own slug alone if the file's own node owns it. */
  private slugFor(id: NodeId): string {
    const slug = this.bank.nodes.get(id)?.slug ?? firstSlugOf(id);
    return isOwnedBy(kindOf(id), this.owner.kind) && ownerIdOf(id) === this.owner.id ? ownPart(slug) : slug;
  }
}

const unlessEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/**
 * Returns the order of nodes that are nested under a key, for edge kinds without an order: by the field that their
 * sections are ranked by, then by slug.
 */
function bySlugWithin(kind: NodeKind, key: string): (a: NodeState, b: NodeState) => number {
  const section = sectionsOf(kind).find((each) => "nested" in each && each.nested === key);
  const rankedBy = section && "nested" in section ? section.rankedBy : undefined;
  const rank = ({ kind: own, fields }: NodeState): number => {
    const field = rankedBy && (nodeKinds[own].fields as Readonly<Record<string, Field>>)[rankedBy];
    return field && field.type.is === "enum" ? enumRank(field.type.values, fields[rankedBy] as string) : 0;
  };
  return (a, b) => rank(a) - rank(b) || compareText(a.slug, b.slug);
}

/**
 * Writes files into a bank's folder, each atomically: a reader sees the old text or the new one. Throws
 * INVALID_ARGUMENT if a folder is a symbolic link.
 */
export async function writeFiles(dir: string, files: readonly Pick<BankFile, "path" | "text">[]): Promise<void> {
  for (const folder of new Set(files.map(({ path }) => join(dir, dirname(path))))) {
    await mkdir(folder, { recursive: true });
    if ((await lstat(folder)).isSymbolicLink())
      throw new DomainError("INVALID_ARGUMENT", `${folder} is a symbolic link; nothing is written through it.`);
  }
  for (const { path, text } of files) {
    const place = join(dir, path);
    const draft = join(dirname(place), `.${process.pid}.tmp`);
    await writeFile(draft, text);
    await rename(draft, place);
  }
}

interface WrittenSection {
  readonly heading: string;
  readonly text: string;
}

/** Returns the text of a section that holds the value; null if reading the text back would give something else. */
function sectionText(value: string | readonly string[]): string | null {
  const text =
    typeof value === "string" ? value : value.map((item) => `- ${item.replace(/\n(?!\n)/g, "\n  ")}`).join("\n");
  // An unclosed fence, comment or tag would swallow the sections after it.
  const { sections } = splitSections(
    sectionsMarkdown([
      { heading: "A", text },
      { heading: "B", text: "" },
    ]),
  );
  if (sections.length !== 2 || sections[0]?.text !== text) return null;
  if (typeof value === "string") return text;
  const items = listItems(text);
  return items?.length === value.length && items.every((item, index) => item === value[index]) ? text : null;
}

const sectionsMarkdown = (sections: readonly WrittenSection[]): string =>
  sections.map(({ heading, text }) => `\n# ${heading}\n\n${text}\n`).join("");

/**
 * Returns a value as YAML holds it: object keys in the ontology's order, free keys by code point, references as slugs.
 */
function writeValue(value: unknown, type: FieldType, slugFor: (id: NodeId) => string): unknown {
  switch (type.is) {
    case "list":
      return (value as readonly unknown[]).map((item) => writeValue(item, type.of, slugFor));
    case "object": {
      const object = value as Readonly<Record<string, unknown>>;
      return new Map(
        Object.entries(type.fields).flatMap(([name, field]) =>
          object[name] === undefined ? [] : [[name, writeValue(object[name], field.type, slugFor)]],
        ),
      );
    }
    case "params":
      return new Map(Object.entries(value as object).sort(([a], [b]) => compareText(a, b)));
    case "reference":
      return slugFor(value as NodeId);
    default:
      return value;
  }
}

const options = { lineWidth: 0, blockQuote: "literal" } as const;

/**
 * Prints maps, lists and scalars as a YAML document, exactly as the `yaml` library prints them in block style with
 * unlimited line length. Texts that are sure to be plain, quoted or literal are printed here, in a tenth of the
 * library's time.
 */
export function printYaml(value: ReadonlyMap<string, unknown>): string {
  const lines: string[] = [];
  return printMap(value, "", "", lines) && lines.length > 0
    ? `${lines.join("\n")}\n`
    : new Document(value, { aliasDuplicateObjects: false }).toString(options);
}

/**
 * Appends the lines of a map, the first with an indent of its own. Returns false if only the library can print the map.
 */
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

/** Appends a value after its key. Returns false if only the library can print the value. */
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

/** Appends a scalar after `head`, the start of its line. Returns false if only the library can print the scalar. */
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
