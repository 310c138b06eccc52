import type { NodeState } from "../../changes/change-set";
import type { NodeId } from "../../ids";

/** A name of several words in a text. */
export interface NamedPlace {
  /** All nodes of that name. */
  readonly nodes: readonly NodeId[];
  /** Where it starts in the text. */
  readonly at: number;
  /** As it is written there. */
  readonly written: string;
}

/** Finds names of two or more words in texts: in any case, with or without hyphens, in singular or plural. */
export interface NameFinder {
  /** In reading order, of overlapping names the longest of those that start first. */
  in(text: string): readonly NamedPlace[];
}

interface Name {
  readonly words: readonly string[];
  readonly nodes: NodeId[];
}

const word = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;
/** What may stand between the words of one name. */
const joint = /^(?: |-|\n| \n)$/;

export function nameFinder(named: readonly NodeState[]): NameFinder {
  const byFirstWord = new Map<string, Name[]>();
  for (const { id, fields } of named) {
    const { title, aliases = [] } = fields as { title: string; aliases?: readonly string[] };
    for (const name of [title, ...aliases]) if (isFindable(name)) add(byFirstWord, name, id);
  }
  for (const names of byFirstWord.values()) names.sort((a, b) => b.words.length - a.words.length);
  return { in: (text) => find(byFirstWord, text) };
}

/** Several words, without signs such as the plus of `B+ tree`, which the words alone would not tell from `B-tree`. */
const isFindable = (name: string): boolean => /^[\p{L}\p{N}'’-]+(?: [\p{L}\p{N}'’-]+)+$/u.test(name);

function add(byFirstWord: Map<string, Name[]>, name: string, id: NodeId): void {
  const words = (name.match(word) ?? []).map(stem);
  const [first] = words;
  if (first === undefined || words.length < 2) return;
  const list = byFirstWord.get(first) ?? [];
  byFirstWord.set(first, list);
  const known = list.find((each) => each.words.join(" ") === words.join(" "));
  if (!known) list.push({ words, nodes: [id] });
  else if (!known.nodes.includes(id)) known.nodes.push(id);
}

function find(byFirstWord: ReadonlyMap<string, readonly Name[]>, text: string): NamedPlace[] {
  const tokens = [...text.matchAll(word)].map(({ 0: token, index }) => ({
    stem: stem(token),
    at: index,
    end: index + token.length,
  }));
  const found: NamedPlace[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const hit = byFirstWord.get(tokens[i]!.stem)?.find(({ words }) =>
      words.every((each, step) => {
        const [before, token] = [tokens[i + step - 1], tokens[i + step]];
        if (token?.stem !== each) return false;
        return step === 0 || joint.test(text.slice(before!.end, token.at));
      }),
    );
    if (!hit) continue;
    const at = tokens[i]!.at;
    i += hit.words.length - 1;
    const written = text.slice(at, tokens[i]!.end).replace(/\s+/g, " ");
    found.push({ nodes: hit.nodes, at, written });
  }
  return found;
}

/** Lower case, without the ending of a plural. */
const stem = (token: string): string => {
  const lower = token.toLowerCase();
  return lower.length > 3 ? lower.replace(/ies$/, "y").replace(/(?<![su])s$/, "") : lower;
};
