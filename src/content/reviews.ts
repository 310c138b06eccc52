import { createHash } from "node:crypto";
import type { Slug } from "../domain/ids";
import type { ReviewCounts } from "../domain/coverage/coverage";
import type { Bank } from "../domain/rules/bank-view";
import { writeBank } from "./write-bank";

/** A line of `docs/bank-reviews.csv`: what a reader found in one text of a question. */
export interface ReviewRecord {
  readonly slug: Slug;
  readonly hash: string;
  readonly verdict: string;
  readonly fault: string;
  /** 1-based, in the CSV. */
  readonly line: number;
}

/** What reviews say of a bank. */
export interface ReviewState extends ReviewCounts {
  /** The last review of each question whose text has changed since, or which is gone. */
  readonly outdated: readonly ReviewRecord[];
}

const header = "slug,content hash,verdict,fault found";

/**
 * The content hash of each question by slug: the first 16 hexadecimal digits of the SHA-256 of its file's canonical
 * text, so that it changes with what the file says and not with how.
 */
export const questionHashes = (bank: Bank): ReadonlyMap<Slug, string> =>
  new Map(
    writeBank(bank)
      .filter(({ kind }) => kind === "Question")
      .map(({ slug, text }) => [slug, createHash("sha256").update(text).digest("hex").slice(0, 16)]),
  );

/** Reads reviews; `faults` name the lines that are none. Fields may be quoted as RFC 4180 says, within one line. */
export function parseReviews(csv: string): {
  readonly reviews: readonly ReviewRecord[];
  readonly faults: readonly string[];
} {
  const [first, ...lines] = csv.replace(/^\ufeff/, "").split(/\r?\n/);
  if (first !== header) return { reviews: [], faults: [`line 1: The header must be: ${header}`] };
  const reviews: ReviewRecord[] = [];
  const faults: string[] = [];
  for (const [index, text] of lines.entries()) {
    if (text === "") continue;
    const [slug = "", hash = "", verdict = "", fault = "", ...more] = fieldsOf(text);
    if (slug === "" || verdict === "" || !/^[0-9a-f]{16}$/.test(hash) || more.length > 0)
      faults.push(`line ${index + 2}: Not a slug, a hash of 16 digits, a verdict and a fault: ${text.slice(0, 80)}`);
    else reviews.push({ slug, hash, verdict, fault, line: index + 2 });
  }
  return { reviews, faults };
}

const fieldsOf = (text: string): string[] =>
  [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"'),
  );

/** A question may be reviewed several times; one review of the text that it has makes it a current one. */
export function reviewState(reviews: readonly ReviewRecord[], hashes: ReadonlyMap<Slug, string>): ReviewState {
  const current = new Set(reviews.filter(({ slug, hash }) => hashes.get(slug) === hash).map(({ slug }) => slug));
  const last = new Map(reviews.map((review) => [review.slug, review]));
  const outdated = [...last.values()].filter(({ slug }) => !current.has(slug));
  return { current: current.size, stale: outdated.length, outdated };
}
