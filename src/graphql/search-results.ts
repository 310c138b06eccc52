import { createHash } from "node:crypto";
import type { GraphView } from "../domain/graph/graph-view";
import { DomainError } from "../domain/errors";
import type { GraphNode } from "../domain/graph/node";
import type { Facet } from "../domain/graph/port";
import { compareText } from "../domain/graph/order";
import type { NodeKind } from "../domain/ontology/node-kinds";
import { paced, type Steps } from "../domain/pacer";
import { type Highlight, highlightOf } from "../search/highlight";
import type { Found } from "../search/found";
import { type SearchedField, searchedFields, searchedKinds } from "../search/searched-texts";
import type { GraphQLContext } from "./context";
import type { GraphSnapshot } from "./graph-access";
import type { Meter } from "./limits/meter";
import { allReady, type PromiseOrValue, whenReady } from "./promise-or-value";

/** What a search is: its cursors are good for nothing else. */
export interface SearchKey {
  readonly text: string;
  readonly kinds: readonly NodeKind[] | null;
  readonly where: unknown;
  readonly reveal: boolean;
}

/** How deep pages go: nobody reads on, and each page ranks all before it. */
export const maxPlace = 1_000;

/** Hits that are counted for facets in one step. */
const hitsAtOnce = 1_000;

/** A page of hits. Nothing but the ranking is worked out before it is asked for. */
export class SearchResults {
  private page: readonly SearchEdge[] | undefined;
  private passages: PromiseOrValue<readonly (readonly Highlight[])[]> | undefined;

  constructor(
    private readonly found: Found,
    private readonly snapshot: GraphSnapshot,
    private readonly key: SearchKey,
    private readonly start: number,
    private readonly size: number,
  ) {}

  get edges(): readonly SearchEdge[] {
    return (this.page ??= this.found.hits.slice(this.start, this.start + this.size).flatMap(({ id, score }, index) => {
      const node = this.snapshot.view.node(id);
      return node ? [new SearchEdge(node, score, this.cursorAt(this.start + index + 1), this)] : [];
    }));
  }

  get nodes(): readonly GraphNode[] {
    return this.edges.map(({ node }) => node);
  }

  get totalCount(): number {
    return this.found.total;
  }

  get didYouMean(): string | null {
    return this.found.didYouMean;
  }

  get pageInfo(): object {
    const { edges, start, size, found } = this;
    return {
      hasNextPage: found.hits.length > start + size,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
  }

  /** Over everything that was found: by kind, or by what questions have. */
  facets(by: SearchFacet): PromiseOrValue<readonly Facet[]> {
    return paced(this.counted(by));
  }

  private *counted(by: SearchFacet): Steps<readonly Facet[]> {
    yield;
    const counts = new Map<string, number>();
    const add = (value: string | undefined, count = 1) => {
      if (value !== undefined && count > 0) counts.set(value, (counts.get(value) ?? 0) + count);
    };
    if (by === "kind") for (const kind of searchedKinds) add(kind, this.found.count(kind));
    else
      for (const [at, id] of this.found.ofKind("Question").entries()) {
        if (at % hitsAtOnce === 0) yield;
        const { view } = this.snapshot;
        if (by === "topics") view.links(id, "Question.topics").forEach(({ other }) => add(other));
        else {
          const node = view.node(id);
          if (node?.kind === "Question") add(node[by]);
        }
      }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || compareText(a.value, b.value));
  }

  /** Of each hit of the page, in order. Long texts are read for them, all at once. */
  highlights(context: GraphQLContext): PromiseOrValue<readonly (readonly Highlight[])[]> {
    const textsOf = ({ node }: SearchEdge) =>
      this.fieldsOf(node).some(({ place }) => place === "long") ? context.links.texts(node.id) : noTexts;
    return (this.passages ??= whenReady(allReady(this.edges.map(textsOf)), (texts) =>
      paced(this.passagesIn(texts, context.report.meter)),
    ));
  }

  private *passagesIn(texts: readonly Texts[], meter: Meter): Steps<readonly (readonly Highlight[])[]> {
    const passages: Highlight[][] = [];
    for (const [at, { node }] of this.edges.entries()) {
      const ofNode: Highlight[] = [];
      for (const field of this.fieldsOf(node)) {
        yield;
        const value = texts[at]?.[field.name] ?? (node as unknown as Texts)[field.name];
        if (typeof value === "string") meter.searchedBytes(value.length);
        const highlight = highlightOf(field, value, this.found.isMatch);
        if (highlight) ofNode.push(highlight);
      }
      passages.push(ofNode);
    }
    return passages;
  }

  private fieldsOf({ kind }: GraphNode): readonly SearchedField[] {
    return searchedFields[kind].filter(({ spoiler }) => this.key.reveal || !spoiler);
  }

  private cursorAt(place: number): string {
    return encodeCursor(this.key, this.snapshot, place);
  }
}

export type SearchFacet = "kind" | "difficulty" | "format" | "topics";

/** A hit. */
export class SearchEdge {
  constructor(
    readonly node: GraphNode,
    readonly score: number,
    readonly cursor: string,
    private readonly page: SearchResults,
  ) {}

  /** Of each field that holds something searched for one passage, titles first. */
  highlights(context: GraphQLContext): PromiseOrValue<readonly Highlight[]> {
    return whenReady(
      this.page.highlights(context),
      (passages) => passages[this.page.edges.indexOf(this)] as readonly Highlight[],
    );
  }
}

type Texts = Readonly<Record<string, unknown>>;
const noTexts: Texts = Object.freeze({});

const fingerprint = ({ text, kinds, where, reveal }: SearchKey): string =>
  createHash("sha256")
    .update(JSON.stringify([text, kinds, where ?? null, reveal]))
    .digest("base64url")
    .slice(0, 8);

const encodeCursor = (key: SearchKey, { view }: GraphSnapshot, place: number): string =>
  Buffer.from(JSON.stringify([fingerprint(key), versionOf(view), place])).toString("base64url");

/**
 * How many hits come before the page that a cursor leads to. Places hold for one search at one revision: a commit may
 * change every score. Throws INVALID_ARGUMENT for a cursor of another search or revision, and for other texts.
 */
export function placeAfter(cursor: string, key: SearchKey, { view }: GraphSnapshot): number {
  const [print, revision, place] = partsOf(cursor);
  if (print !== fingerprint(key))
    throw new DomainError("INVALID_ARGUMENT", "The cursor belongs to another search; start this one anew.");
  if (revision !== versionOf(view))
    throw new DomainError("INVALID_ARGUMENT", "The bank has changed since that page was given; start the search anew.");
  return place;
}

/** Tells one state of a bank from every other: after a restore, a revision can come again with other content. */
const versionOf = ({ revision, hash }: Pick<GraphView, "revision" | "hash">): string =>
  `${revision} ${hash.slice(0, 8)}`;

function partsOf(cursor: string): readonly [string, string, number] {
  const unknown = new DomainError("INVALID_ARGUMENT", "The cursor is not one that this API has given out.");
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw unknown;
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw unknown;
  const [print, revision, place] = parts as unknown[];
  const isPlace = Number.isInteger(place) && (place as number) > 0 && (place as number) <= maxPlace;
  if (typeof print !== "string" || typeof revision !== "string" || !isPlace) throw unknown;
  return [print, revision, place as number];
}
