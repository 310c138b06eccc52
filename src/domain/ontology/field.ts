import { z } from "zod";
import { holdsTopHeading } from "../markdown";

/** What a field holds, as every adapter, the SDL and the file codec need to know it. */
export type FieldType =
  | { readonly is: "string" | "boolean" | "int" | "float" | "url" | "date" | "duration" | "params" | "slug" }
  | { readonly is: "enum"; readonly name: string; readonly values: Readonly<Record<string, string>> }
  | { readonly is: "object"; readonly name: string; readonly fields: Fields }
  | { readonly is: "reference"; readonly kind: string }
  | { readonly is: "list"; readonly of: FieldType };

/**
 * One field of a node kind or one property of an edge kind. `schema` validates a present value; absence is `optional`.
 * - `long`: read on request through `texts`, never with the light node.
 * - `spoiler`: gives an answer away; never in search, paths or recommendations unless the client asks to reveal.
 * - `indexed`: lists can be filtered and ordered by it, so stores keep an index on it.
 * - `prose`: Markdown in which inline links (`[HNSW](concept:hnsw)`) become MENTIONS.
 */
export interface Field<T = unknown, O extends boolean = boolean, L extends boolean = boolean> {
  readonly schema: z.ZodType<T>;
  readonly type: FieldType;
  readonly description: string;
  readonly optional: O;
  readonly long: L;
  readonly spoiler: boolean;
  readonly indexed: boolean;
  readonly prose: boolean;
}

export type Fields = Readonly<Record<string, Field>>;
export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** A required, light field; the builders below are what kinds use. */
export function field<T>(
  type: FieldType,
  schema: z.ZodType<T>,
  description: string,
  prose = false,
): Field<T, false, false> {
  return Object.freeze({
    schema,
    type,
    description,
    prose,
    optional: false as const,
    long: false as const,
    spoiler: false,
    indexed: false,
  });
}

// Control characters other than tab and newline, and halves of surrogate pairs, survive no store unchanged.
const cleanText = (value: string): boolean =>
  // eslint-disable-next-line no-control-regex
  !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value) && value.isWellFormed();

// What is too long is not looked at any further: parsing it as Markdown could take seconds.
const tooLong = (limit: number) => ({ error: `must be at most ${limit} characters`, abort: true });

const singleLine = (limit: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(limit, tooLong(limit))
    .refine((v) => v === v.trim() && !/[\n\t]/.test(v), "must be one line without spaces around it")
    .refine(cleanText, "must not hold control characters or broken surrogate pairs");

const paragraphs = (limit: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(limit, tooLong(limit))
    .refine((v) => v === v.trim(), "must not start or end with blank space")
    .refine(cleanText, "must not hold control characters or broken surrogate pairs");

/** A name of at most 200 characters: one line of plain text, no Markdown. */
export const title = (description: string) => field({ is: "string" }, singleLine(200), description);

/** Plain text on one line, at most `limit` characters. */
export const line = (description: string, limit = 300) => field({ is: "string" }, singleLine(limit), description);

/** Markdown prose read with the light node, at most `limit` characters. */
export const prose = (description: string, limit = 2_000) =>
  field({ is: "string" }, paragraphs(limit), description, true);

/** Markdown prose of at most 20,000 characters, read on request. Its headings start at level 2. */
export const longText = (description: string): Field<string, false, true> => {
  const schema = paragraphs(20_000).refine(
    (v) => !holdsTopHeading(v),
    "must not hold a level 1 heading; use ## or deeper",
  );
  return Object.freeze({ ...field({ is: "string" }, schema, description, true), long: true as const });
};

export const integer = (description: string, min: number, max: number) => {
  const range = `must be a whole number from ${min} to ${max}`;
  return field({ is: "int" }, z.int(range).min(min, range).max(max, range), description);
};

// JSON writes it as 0, so not every store could give it back.
const finite = z.number().refine((value) => !Object.is(value, -0), "must not be negative zero");

/** A finite IEEE 754 double. */
export const decimal = (description: string) => field({ is: "float" }, finite, description);

export const flag = (description: string) => field({ is: "boolean" }, z.boolean(), description);

/** An address as RFC 3986 writes it: other signs are percent-encoded, so that everybody reads the same in it. */
export const url = (description: string) =>
  field(
    { is: "url" },
    z
      .url({ protocol: /^https?$/, error: "must be an http or https URL" })
      .max(2_000)
      .refine((v) => /^[\w.~:/?#[\]@!$&'()*+,;=%-]*$/.test(v), "must percent-encode what is not a sign of addresses"),
    description,
  );

/** A calendar date known to the year, the month or the day: `2024`, `2024-07` or `2024-07-31`. */
export const partialDate = (description: string) =>
  field({ is: "date" }, z.string().refine(isPartialDate, "must be a date: YYYY, YYYY-MM or YYYY-MM-DD"), description);

/** An ISO 8601 duration of whole years, months, weeks and days, such as `P2Y` or `P18M`. */
export const duration = (description: string) =>
  field(
    { is: "duration" },
    z.string().regex(/^P(?=\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?$/, "must be an ISO 8601 duration such as P2Y or P18M"),
    description,
  );

/** The slug of something that the owner declares, such as a regime. */
export const slugField = (description: string) =>
  field(
    { is: "slug" },
    z
      .string()
      .max(100)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be kebab-case"),
    description,
  );

/** Values in rank order, each with its description. Order by such a field is by rank. */
export const enumeration = <const V extends Readonly<Record<string, string>>>(
  name: string,
  values: V,
  description: string,
) =>
  field(
    { is: "enum", name, values },
    z.enum(Object.keys(values) as (keyof V & string)[]) as unknown as z.ZodType<keyof V & string>,
    description,
  );

/** A map from parameter name to text, number or boolean: the settings a figure was measured under. */
export const params = (description: string) =>
  field(
    { is: "params" },
    z.record(
      singleLine(80),
      z.union([singleLine(300), finite, z.boolean()], "must be a line of text, a number, true or false"),
    ),
    description,
  );

/** At most `max` values of `item`, each once, in the author's order. An empty list is written as an absent one. */
export const listOf = <T>(item: Field<T>, max: number, description: string): Field<readonly T[], false, false> =>
  field(
    { is: "list", of: item.type },
    z
      .array(item.schema)
      .min(1, "must not be empty; leave it out instead")
      .max(max, `must hold at most ${max}`)
      .refine((v) => new Set(v.map((x) => JSON.stringify(x))).size === v.length, "must not repeat a value") as never,
    description,
    item.prose,
  );

/** A small value object inside a field; it has no identity of its own. */
export const objectOf = <F extends Fields>(name: string, fields: F, description: string) =>
  field(
    { is: "object", name, fields },
    z.strictObject(shapeOf(fields)) as never as z.ZodType<{ readonly [K in keyof F]: ValueOf<F[K]> }>,
    description,
  );

/** The id of another node, checked on each commit. */
export const reference = (kind: string, description: string) =>
  field({ is: "reference", kind }, z.string().startsWith(`${kind}:`, `must be the id of a ${kind}`), description);

export const optional = <T, L extends boolean>(f: Field<T, boolean, L>): Field<T, true, L> =>
  Object.freeze({ ...f, optional: true as const });

export const spoiler = <F extends Field>(f: F): F => Object.freeze({ ...f, spoiler: true });
export const indexed = <F extends Field>(f: F): F => Object.freeze({ ...f, indexed: true });

/** The zod shape of a set of fields, optional ones marked as such. */
export function shapeOf(fields: Fields): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, f]) => [
      name,
      (f.optional ? f.schema.optional() : f.schema).describe(f.description),
    ]),
  );
}

function isPartialDate(value: string): boolean {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Kinds whose nodes live in their owner's file, have slugs `owner/own`, and go when the owner goes. */
type OwnerKind = "Question" | "TradeOff" | "Benchmark";

export interface NodeKindSpec<F extends Fields = Fields> {
  readonly description: string;
  /** The root list's name in GraphQL, and in kebab-case the content folder's. */
  readonly plural: string;
  readonly ownedBy?: OwnerKind;
  /** It sorts what it is linked to; two things that it sorts alike need not have anything else to do with each other. */
  readonly sorting?: boolean;
  readonly fields: F;
}

export const nodeKind = <const F extends Fields>(spec: NodeKindSpec<F>): NodeKindSpec<F> => Object.freeze(spec);
