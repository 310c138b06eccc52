import { z } from "zod";
import { enumeration, field, type Field } from "./field";

/** `ucum` is the code that the unit library converts by; conversion happens only between units of one quantity. */
export interface Unit {
  readonly ucum: string;
  readonly quantity: Quantity;
  readonly title: string;
}

/**
 * Kinds of quantity. Each currency and each counted thing is one of its own: UCUM sees `{token}` and `{request}` as the
 * same dimensionless unit and would convert one into the other.
 */
export const quantities = {
  TIME: "Durations: latency, build time, run time.",
  BYTES: "Amounts of memory, storage or transferred data.",
  BYTE_RATE: "Amounts of data moved or processed in a time.",
  RATIO: "Shares and scores on a scale of 0 to 1, such as recall or accuracy.",
  FACTOR: "How many times as much as a stated baseline, such as a speed-up.",
  COUNT: "Plain counts of things that have no quantity of their own here.",
  SCORE: "Points on a benchmark's own scale, not comparable across benchmarks.",
  PERPLEXITY: "How surprised a language model is by a text, on average per token.",
  REQUEST_RATE: "Requests, queries or calls served in a time.",
  TOKEN_RATE: "Tokens produced or processed in a time.",
  ITEM_RATE: "Rows, records, messages, samples or images processed in a time.",
  OPERATION_RATE: "Primitive operations, instructions or floating-point operations in a time.",
  FREQUENCY: "Events in a time, such as clock cycles.",
  VECTOR_COUNT: "How many vectors, such as those that an index holds.",
  REQUEST_COUNT: "How many requests, queries or calls.",
  TOKEN_COUNT: "How many tokens of text, read or written.",
  ROW_COUNT: "Numbers of rows, records, keys or messages.",
  CODE_LINES: "How long a program is, in lines of its source.",
  PARAMETER_COUNT: "Numbers of trained parameters.",
  BIT_WIDTH: "Bits that one stored value takes.",
  US_DOLLARS: "Money in United States dollars.",
  US_DOLLAR_RATE: "Money in United States dollars per time.",
  ENERGY: "Energy used up over a run, as distinct from power at one time.",
  POWER: "Power drawn at a time, as distinct from energy over a run.",
} as const;
export type Quantity = keyof typeof quantities;

const unit = (ucum: string, quantity: Quantity, title: string): Unit => ({ ucum, quantity, title });

/** The closed table of units: our code → UCUM code, quantity and name. */
export const units = {
  ns: unit("ns", "TIME", "nanoseconds"),
  us: unit("us", "TIME", "microseconds"),
  ms: unit("ms", "TIME", "milliseconds"),
  s: unit("s", "TIME", "seconds"),
  min: unit("min", "TIME", "minutes"),
  h: unit("h", "TIME", "hours"),
  d: unit("d", "TIME", "days"),
  By: unit("By", "BYTES", "bytes"),
  kB: unit("kBy", "BYTES", "kilobytes of 1,000 bytes"),
  MB: unit("MBy", "BYTES", "megabytes of 1,000,000 bytes"),
  GB: unit("GBy", "BYTES", "gigabytes of 1,000,000,000 bytes"),
  TB: unit("TBy", "BYTES", "terabytes of 1,000,000,000,000 bytes"),
  KiB: unit("KiBy", "BYTES", "kibibytes of 1,024 bytes"),
  MiB: unit("MiBy", "BYTES", "mebibytes of 1,048,576 bytes"),
  GiB: unit("GiBy", "BYTES", "gibibytes of 1,073,741,824 bytes"),
  TiB: unit("TiBy", "BYTES", "tebibytes"),
  "kB/s": unit("kBy/s", "BYTE_RATE", "kilobytes per second"),
  "MB/s": unit("MBy/s", "BYTE_RATE", "megabytes per second"),
  "GB/s": unit("GBy/s", "BYTE_RATE", "gigabytes per second"),
  "MiB/s": unit("MiBy/s", "BYTE_RATE", "mebibytes per second"),
  "GiB/s": unit("GiBy/s", "BYTE_RATE", "gibibytes per second"),
  "Mbit/s": unit("Mbit/s", "BYTE_RATE", "megabits per second"),
  "Gbit/s": unit("Gbit/s", "BYTE_RATE", "gigabits per second"),
  "1": unit("1", "RATIO", "share of one"),
  "%": unit("%", "RATIO", "per cent"),
  x: unit("1", "FACTOR", "times the baseline"),
  count: unit("1", "COUNT", "things"),
  thousand: unit("10*3", "COUNT", "thousands of things"),
  million: unit("10*6", "COUNT", "millions of things"),
  points: unit("1", "SCORE", "points"),
  ppl: unit("1", "PERPLEXITY", "perplexity"),
  "requests/s": unit("/s", "REQUEST_RATE", "requests per second"),
  "requests/min": unit("/min", "REQUEST_RATE", "requests per minute"),
  "krequests/s": unit("10*3/s", "REQUEST_RATE", "thousand requests per second"),
  "Mrequests/s": unit("10*6/s", "REQUEST_RATE", "million requests per second"),
  "tokens/s": unit("/s", "TOKEN_RATE", "tokens per second"),
  "tokens/min": unit("/min", "TOKEN_RATE", "tokens per minute"),
  "items/s": unit("/s", "ITEM_RATE", "items per second"),
  "items/min": unit("/min", "ITEM_RATE", "items per minute"),
  "items/h": unit("/h", "ITEM_RATE", "items per hour"),
  "kitems/s": unit("10*3/s", "ITEM_RATE", "thousand items per second"),
  "Mitems/s": unit("10*6/s", "ITEM_RATE", "million items per second"),
  "ops/s": unit("/s", "OPERATION_RATE", "operations per second"),
  "kops/s": unit("10*3/s", "OPERATION_RATE", "thousand operations per second"),
  "Mops/s": unit("10*6/s", "OPERATION_RATE", "million operations per second"),
  "GFLOP/s": unit("10*9/s", "OPERATION_RATE", "billion floating-point operations per second"),
  "TFLOP/s": unit("10*12/s", "OPERATION_RATE", "trillion floating-point operations per second"),
  Hz: unit("Hz", "FREQUENCY", "hertz"),
  MHz: unit("MHz", "FREQUENCY", "megahertz"),
  GHz: unit("GHz", "FREQUENCY", "gigahertz"),
  vectors: unit("1", "VECTOR_COUNT", "vectors"),
  Mvectors: unit("10*6", "VECTOR_COUNT", "million vectors"),
  requests: unit("1", "REQUEST_COUNT", "requests"),
  tokens: unit("1", "TOKEN_COUNT", "tokens"),
  rows: unit("1", "ROW_COUNT", "rows"),
  Mrows: unit("10*6", "ROW_COUNT", "million rows"),
  lines: unit("1", "CODE_LINES", "lines of code"),
  params: unit("1", "PARAMETER_COUNT", "parameters"),
  Mparams: unit("10*6", "PARAMETER_COUNT", "million parameters"),
  Bparams: unit("10*9", "PARAMETER_COUNT", "billion parameters"),
  bit: unit("1", "BIT_WIDTH", "bits per value"),
  USD: unit("1", "US_DOLLARS", "US dollars"),
  "USD/h": unit("/h", "US_DOLLAR_RATE", "US dollars per hour"),
  "USD/mo": unit("/mo", "US_DOLLAR_RATE", "US dollars per month"),
  J: unit("J", "ENERGY", "joules"),
  Wh: unit("W.h", "ENERGY", "watt-hours"),
  kWh: unit("kW.h", "ENERGY", "kilowatt-hours"),
  W: unit("W", "POWER", "watts"),
} as const satisfies Record<string, Unit>;
export type UnitCode = keyof typeof units;

const oneOf = <T extends string>(table: Readonly<Record<T, unknown>>, what: string) =>
  z.enum(Object.keys(table) as T[], {
    error: (issue) => `must be a ${what} of the bank's table, but got: ${JSON.stringify(issue.input)}`,
  }) as unknown as z.ZodType<T>;

export const unitField = (description: string): Field<UnitCode, false, false> =>
  field({ is: "string" }, oneOf<UnitCode>(units, "unit"), description);

export const quantityField = (description: string): Field<Quantity, false, false> =>
  enumeration("Quantity", quantities, description);
