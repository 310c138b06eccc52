import { GraphQLError } from "graphql";

/**
 * How many of each take as long as a unit of cost, which is an object of an answer with what it takes to find it there.
 * `npm run bench -- cost` shows the processor time of a unit for each root field.
 */
export const perUnit = {
  /** Nodes and lists of links that an algorithm looks up. */
  lookUps: 8,
  /** Links that are walked, postings of search, and nodes that a filter tests. */
  items: 100,
  /** Bytes of long texts. */
  bytes: 1_000,
  /** Bytes of the log, which are read, decoded and frozen. */
  logBytes: 250,
  /** Bytes of texts in which passages are sought for a search. */
  searchedBytes: 200,
  /** Bytes of texts that all rules of lint look at: each is parsed, and compared with all others. */
  judgedBytes: 1,
} as const;

/** What something takes whatever is found, in units: as much of an operation's price as of its estimate. */
export const base = {
  /** Making a connection, whatever is on its page. */
  connection: 1,
  /** Telling how many a list holds. */
  count: 1,
  /** Reading a filter, and making the test that it stands for. */
  filter: 5,
  /** Beginning an algorithm over the graph. */
  algorithm: 3,
  /** A question to the store, beside what it answers. */
  storeRead: 4,
  /** Planning and writing what a mutation does. */
  mutation: 200,
  /** Planning what a change set would do. */
  review: 20,
  /** Judging a bank by all rules for the first time at a revision, before it is known how large its texts are. */
  lint: 10_000,
  /** Judging what a change set touches. */
  lintDifference: 200,
} as const;

/** What an algorithm that walks the graph for its answer is estimated at, in units. */
export const typicalWalk = 50;

/**
 * Counts in units of cost what one request is served with. What comes to more than the limit ends with
 * OPERATION_TOO_COMPLEX.
 */
export class Meter {
  /** None until the request is admitted. */
  limit = Infinity;
  private counted = 0;
  private planned = 0;
  private overLimit: GraphQLError | null = null;

  /** Units so far, rounded up: at least 1, and never above the limit. */
  get cost(): number {
    return Math.min(this.limit, Math.max(1, Math.ceil(this.counted + this.planned)));
  }

  /** What ended the request; null if nothing did. */
  get refusal(): GraphQLError | null {
    return this.overLimit;
  }

  /** Nodes, links with their nodes, and heads of the log. */
  objects(count: number): void {
    this.add(count);
  }

  /** One list of links that an algorithm walks. */
  list(length: number): void {
    this.add(1 / perUnit.lookUps + length / perUnit.items);
  }

  lookUps(count: number): void {
    this.add(count / perUnit.lookUps);
  }

  items(count: number): void {
    this.add(count / perUnit.items);
  }

  bytes(count: number): void {
    this.add(count / perUnit.bytes);
  }

  logBytes(count: number): void {
    this.add(count / perUnit.logBytes);
  }

  searchedBytes(count: number): void {
    this.add(count / perUnit.searchedBytes);
  }

  /** Nodes and links that a mutation is planned with. They end no request: what was begun to be written is written. */
  planning(lookUps: number): void {
    this.planned += lookUps / perUnit.lookUps;
  }

  /** Texts that rules look at: up to the limit, and no request ends by it, since all who ask later find what it found. */
  judging(bytes: number): void {
    this.planned += bytes / perUnit.judgedBytes;
  }

  /** What has been counted, for `backTo`. */
  mark(): number {
    return this.counted;
  }

  /** Forgets what was counted since, for an operation that is executed a second time. */
  backTo(mark: number): void {
    this.counted = mark;
  }

  private add(units: number): void {
    this.counted += units;
    if (this.counted > this.limit) throw (this.overLimit ??= tooCostly(this.counted, this.limit));
  }
}

const tooCostly = (cost: number, limit: number): GraphQLError =>
  limitError(
    "OPERATION_TOO_COMPLEX",
    `The answer comes to a cost of more than ${limit}, which is the limit; ask for shorter pages or fewer levels.`,
    { cost: Math.ceil(cost), limit },
  );

type Code = "OPERATION_TOO_COMPLEX" | "BAD_USER_INPUT" | "BAD_REQUEST";

/** A request that asks for more than is allowed, or for what cannot be. `numbers` go into the error's extensions. */
export const limitError = (code: Code, message: string, numbers: LimitNumbers = {}): GraphQLError =>
  new GraphQLError(message, { extensions: { code, ...numbers, http: { status: 400 } } });

export interface LimitNumbers {
  /** The most that is allowed. */
  readonly limit?: number;
  /** What the operation costs. */
  readonly cost?: number;
}
