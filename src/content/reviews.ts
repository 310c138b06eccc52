import { createHash } from "node:crypto";
import type { Slug } from "../domain/ids";
import type { ReviewCounts } from "../domain/coverage/coverage";
import type { Bank } from "../domain/rules/bank-view";
import { writeBank } from "./write-bank";

/** A line of `docs/bank-reviews.csv`: a reader's verdict on one text of a question. */
export interface ReviewRecord {
  readonly slug: Slug;
  readonly hash: string;
  readonly verdict: string;
  readonly fault: string;
  /** The line in the CSV, 1-based. */
  readonly line: number;
}

export interface ReviewState extends ReviewCounts {
  /** The last review of each question without a review of its present text, including questions that are gone. */
  readonly outdated: readonly ReviewRecord[];
}

const header = "slug,content hash,verdict,fault found";

/**
 * Returns the content hash of each question by slug: the first 16 hexadecimal digits of the SHA-256 of its file's
 * canonical text. The hash changes with the content of a file, but not with its formatting.
 */
export const questionHashes = (bank: Bank): ReadonlyMap<Slug, string> =>
  new Map(
    writeBank(bank)
      .filter(({ kind }) => kind === "Question")
      .map(({ slug, text }) => [slug, createHash("sha256").update(text).digest("hex").slice(0, 16)]),
  );

/**
 * Reads reviews: `slug,content hash,verdict,fault found`. `faults` describes the lines that are malformed. Fields may
 * be quoted by RFC 4180, within one line.
 */
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

/** Compares reviews with the present texts. One review of a question's present text makes the question current. */
export function reviewState(reviews: readonly ReviewRecord[], hashes: ReadonlyMap<Slug, string>): ReviewState {
  const current = new Set(reviews.filter(({ slug, hash }) => hashes.get(slug) === hash).map(({ slug }) => slug));
  const last = new Map(reviews.map((review) => [review.slug, review]));
  const outdated = [...last.values()].filter(({ slug }) => !current.has(slug));
  return { current: current.size, stale: outdated.length, outdated };
}
