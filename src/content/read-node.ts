import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import type { EdgeState, NodeState } from "../domain/changes/change-set";
import { isSlugOf, type NodeId, type Slug } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import type { Field } from "../domain/ontology/field";
import { didYouMean, nearNames } from "../domain/near-names";
import type { ShapeRule } from "./file-finding";
import type { PlaceNotes } from "./places";
import { entriesOf, type Entry } from "./layout";
import { formerSlugsIn, isOwnedBy, isOwnSlug, type Names } from "./names";
import type { ParsedFile, ReportAt } from "./parse-file";
import { readLinks } from "./read-links";
import { readField, type Scope } from "./read-value";
import { entriesIn, knownEntries, type MapEntry, offsetOf, typeName, type YamlValue } from "./yaml-map";
import { type MarkdownSection, listItems } from "./markdown-sections";
import { sectionsOf, nestedHeading } from "./sections";

export interface Sink {
  node(state: NodeState): void;
  /** Adds a link. Returns false if it was there before. */
  edge(state: EdgeState): boolean;
  flawed(id: NodeId): void;
}

interface Site {
  readonly kind: NodeKind;
  readonly id: NodeId;
  readonly slug: Slug;
  readonly map: YAMLMap;
  readonly at: number;
  readonly label: string;
  /** The key and own slug under which the node is nested in the file's own node. */
  readonly nested?: readonly [string, string];
}

/** Reads one file: its node, the nodes nested in it, and the links that it holds. */
export class NodeReader {
  private texts: ReadonlyMap<string, SectionText> = new Map();

  constructor(
    private readonly parsed: ParsedFile,
    private readonly names: Names,
    private readonly places: PlaceNotes,
    private readonly report: ReportAt,
    private readonly sink: Sink,
  ) {}

  read(): void {
    const { file, root } = this.parsed;
    const id = this.names.idOf(file.kind, file.slug);
    if (!this.names.isSound(file, 0)) return;
    this.texts = sectionTexts(this.parsed, (key) => this.ownsUnder(root, key), this.report);
    this.readNode({ kind: file.kind, id, slug: file.slug, map: root, at: 0, label: `A ${file.kind}` });
  }

  private ownsUnder(root: YAMLMap, key: string): string[] {
    const value = root.get(key, true);
    return isMap(value) ? entriesIn(value, () => undefined).map((entry) => entry.key) : [];
  }

  private readNode(site: Site): void {
    const { kind, id } = site;
    const scope = this.scopeOf(id);
    const layout = entriesOf(kind);
    const keys = layout.map((entry) => entry.key);
    const entries = knownEntries(site.map, keys, site.label, scope.report);
    this.places.thing(id, [], site.at);

    const fields: Record<string, unknown> = {};
    const texts: Record<string, string> = {};
    for (const entry of layout) {
      const found = entries.get(entry.key);
      if (entry.is === "field") {
        const value = this.readFieldOf(site, entry.key, entry.field, found, scope);
        if (value !== undefined) (entry.field.long ? texts : fields)[entry.key] = value;
      } else if (found) {
        this.places.thing(id, [entry.key], found.at);
        if (entry.is === "formerSlugs") this.checkFormerSlugs(found, scope);
        else if (entry.is === "nested") this.readNested(site, entry, found, scope);
        else readLinks({ id, scope, places: this.places, add: (edge) => this.sink.edge(edge) }, entry, found);
      }
    }
    const owner = site.slug.slice(0, site.slug.indexOf("/") + 1);
    const former = formerSlugsIn([...entries.values()]).map((own) => owner + own);
    const formerSlugs = former.filter((slug) => slug !== site.slug);
    this.sink.node({ id, kind, slug: site.slug, formerSlugs, fields, texts });
  }

  private scopeOf(id: NodeId): Scope {
    const { file } = this.parsed;
    const report = (rule: ShapeRule, at: number, message: string, hint?: string) => {
      this.sink.flawed(id);
      this.report(rule, this.parsed.spot(at), message, hint);
    };
    return {
      report,
      resolve: (kind, text, at) => {
        const slug = isOwnedBy(kind, file.kind) && !text.includes("/") ? `${file.slug}/${text}` : text;
        if (isSlugOf(kind, slug)) return this.names.idOf(kind, slug);
        const form = isSlugOf(kind, "a/b") ? "owner/own, both in kebab-case" : "a kebab-case slug";
        report("invalid-slug", at, `A reference to a ${kind} must be ${form}, but got: ${JSON.stringify(text)}.`);
        return null;
      },
    };
  }

  private readFieldOf(site: Site, key: string, field: Field, found: MapEntry | undefined, scope: Scope): unknown {
    const provided = this.texts.get(sectionKey(key, ...(site.nested ?? [])));
    if (found) {
      this.places.value(site.id, [key], found.value, found.at);
      if (provided) this.report("duplicate-key", provided.section.spot, `${key} also stands in the front matter.`);
      return readField(found.value, field, key, found.at, scope);
    }
    if (provided) return this.readSection(site, key, field, provided);
    if (field.optional) return undefined;
    scope.report("required", site.at, `${site.label} must have its ${key}.`, field.description);
    return undefined;
  }

  private readSection(site: Site, key: string, field: Field, { section, value }: SectionText): unknown {
    this.places.section(site.id, [key], section);
    const result = field.schema.safeParse(value);
    if (result.success) return result.data;
    this.sink.flawed(site.id);
    for (const issue of result.error.issues) {
      const place = [key, ...issue.path.map(String)].join(".");
      this.report("invalid-value", section.spot, `${place} ${issue.message}.`);
    }
    return undefined;
  }

  private readNested(site: Site, entry: Extract<Entry, { is: "nested" }>, found: MapEntry, scope: Scope): void {
    if (!isMap(found.value)) {
      const hint = "Write each under its own slug.";
      scope.report("wrong-type", found.at, `${entry.key} must be a map, but is ${typeName(found.value)}.`, hint);
      return;
    }
    entriesIn(found.value, scope.report).forEach((owned, index) => {
      const label = `${entry.kind} ${JSON.stringify(owned.key)}`;
      if (!isOwnSlug(owned.key)) {
        scope.report(
          "invalid-slug",
          owned.at,
          `An own slug must be kebab-case, but got: ${JSON.stringify(owned.key)}.`,
        );
      } else if (!isMap(owned.value)) {
        scope.report("wrong-type", owned.at, `${label} must be a map of its fields, but is ${typeName(owned.value)}.`);
      } else if (this.names.isSound(this.parsed.file, owned.at)) {
        const slug = `${this.parsed.file.slug}/${owned.key}`;
        const id = this.names.idOf(entry.kind, slug);
        const order = entry.relation.ordered ? { order: index } : {};
        this.sink.edge({ edge: entry.relation.edge, from: site.id, to: id, ...order, properties: {} });
        this.places.thing(site.id, [entry.key, id], owned.at);
        this.readNode({
          kind: entry.kind,
          id,
          slug,
          map: owned.value,
          at: owned.at,
          label,
          nested: [entry.key, owned.key],
        });
      }
    });
  }

  private checkFormerSlugs({ value, at }: MapEntry, scope: Scope): void {
    if (!isSeq(value)) return scope.report("wrong-type", at, `formerSlugs must be a list, but is ${typeName(value)}.`);
    for (const item of value.items as YamlValue[]) {
      if (isScalar(item) && typeof item.value === "string" && isOwnSlug(item.value)) continue;
      scope.report("invalid-slug", offsetOf(item, at), "A former slug must be kebab-case, without its owner's.");
    }
  }
}

/** The value of a field that is written as a section: its text, or the texts of its list. */
interface SectionText {
  readonly section: MarkdownSection;
  readonly value: string | readonly string[];
}

/** Returns the key of a section's field: `prompt` for the file's node, `answers/full/body` for a nested node. */
const sectionKey = (field: string, nested?: string, own?: string): string =>
  nested === undefined ? field : `${nested}/${own}/${field}`;

/**
 * Returns the sections of a file by `sectionKey`. Sections without a place are reported. `ownsUnder` returns the own
 * slugs under a key.
 */
function sectionTexts(
  parsed: ParsedFile,
  ownsUnder: (nested: string) => readonly string[],
  report: ReportAt,
): ReadonlyMap<string, SectionText> {
  const known = new Map<string, { readonly key: string; readonly form: "text" | "list" }>();
  for (const section of sectionsOf(parsed.file.kind)) {
    if ("heading" in section) known.set(section.heading, { key: sectionKey(section.field), form: section.form });
    else
      for (const own of ownsUnder(section.nested))
        known.set(nestedHeading(own, section.noun), {
          key: sectionKey(section.field, section.nested, own),
          form: "text",
        });
  }

  const texts = new Map<string, SectionText>();
  for (const section of parsed.sections) {
    const { heading, spot } = section;
    const target = known.get(heading);
    if (!target) {
      const near =
        didYouMean(nearNames(heading, known.keys())).trim() || `Known here: ${[...known.keys()].join(", ")}.`;
      report("unknown-section", spot, `There is no place for a section ${JSON.stringify(heading)}.`, near);
    } else if (texts.has(target.key)) {
      report("duplicate-key", spot, `The section ${JSON.stringify(heading)} stands here twice.`);
    } else {
      const value = target.form === "text" ? section.text : listItems(section.text);
      if (value === null)
        report(
          "wrong-type",
          { line: section.line, column: 1 },
          `The section ${JSON.stringify(heading)} must be a list and nothing else.`,
        );
      else texts.set(target.key, { section, value });
    }
  }
  return texts;
}
