import { backup, DatabaseSync } from "@photostructure/sqlite";
import { DomainError } from "../../domain/errors";
import { type Sql, sql, type SqlValue } from "./sql";

type Statement = ReturnType<InstanceType<typeof DatabaseSync>["prepare"]>;

/** Filters combine freely, so the catalogue of statements is closed but large; beyond this many the oldest are dropped. */
const statementLimit = 500;

/** Half a megabyte, which takes milliseconds. */
const pagesAtOnce = 128;

/** How many pages of how many have been copied. */
export interface CopyStep {
  readonly done: number;
  readonly total: number;
}

/**
 * A connection to the file. Its methods are synchronous, never wait for a lock, and throw the driver's errors as they are.
 * Rows are arrays, in the order of the statement's columns.
 */
export class SqliteConnection {
  private readonly database: InstanceType<typeof DatabaseSync>;
  private readonly statements = new Map<string, Statement>();

  constructor(path: string) {
    this.database = new DatabaseSync(path, { timeout: 0, returnArrays: true });
  }

  rows<R extends readonly unknown[]>(statement: Sql): R[] {
    return this.prepared(statement).all(...bound(statement)) as R[];
  }

  row<R extends readonly unknown[]>(statement: Sql): R | undefined {
    return this.prepared(statement).get(...bound(statement)) as R | undefined;
  }

  /** Reads row by row; nothing else may run the same statement meanwhile. */
  iterate<R extends readonly unknown[]>(statement: Sql): Iterable<R> {
    return this.prepared(statement).iterate(...bound(statement)) as Iterable<R>;
  }

  run(statement: Sql): void {
    this.prepared(statement).run(...bound(statement));
  }

  /** Runs text that is not worth keeping prepared: definitions and settings. */
  execute(text: string): void {
    this.database.exec(text);
  }

  /** False, too, once it is closed. */
  get inTransaction(): boolean {
    return this.database.isOpen && this.database.isTransaction;
  }

  /** How many statements are kept prepared. */
  get preparedCount(): number {
    return this.statements.size;
  }

  /** Writes that would make the file larger fail as they do on a full disk. */
  limitSize(bytes: number): void {
    const [pageSize] = this.row<[number]>(sql`PRAGMA page_size`) as [number];
    this.execute(`PRAGMA max_page_count = ${Math.max(1, Math.floor(bytes / pageSize))}`);
  }

  /**
   * Copies all pages to another file, in steps on a thread of their own; what that file held before goes, or stays as a
   * whole where the copying fails or ends with the process. A transaction that has read holds the state that is copied.
   */
  async copyTo(path: string, onProgress: (step: CopyStep) => void): Promise<void> {
    const progress = ({ totalPages, remainingPages }: { totalPages: number; remainingPages: number }) => {
      if (remainingPages > 0) onProgress({ done: totalPages - remainingPages, total: totalPages });
    };
    const total = await backup(this.database, path, { rate: pagesAtOnce, progress });
    onProgress({ done: total, total });
  }

  /** Gives up the transaction that is open, if one is. */
  close(): void {
    this.statements.clear();
    if (!this.database.isOpen) return;
    if (this.inTransaction) this.execute("ROLLBACK");
    this.database.close();
  }

  private prepared({ text }: Sql): Statement {
    let statement = this.statements.get(text);
    if (!statement) {
      if (!this.database.isOpen) throw new DomainError("STORE_UNAVAILABLE", "The store is closed.");
      statement = this.database.prepare(text);
      if (this.statements.size === statementLimit)
        this.statements.delete(this.statements.keys().next().value as string);
      this.statements.set(text, statement);
    }
    return statement;
  }
}

/**
 * The driver takes a text to end at U+0000, so that others would be found for it. No text in a store holds U+0001
 * either, so that in its place is found as little.
 */
const bound = ({ values }: Sql): readonly SqlValue[] =>
  values.some(endsEarly)
    ? values.map((value) => (endsEarly(value) ? value.replaceAll("\0", "\u0001") : value))
    : values;

const endsEarly = (value: SqlValue): value is string => typeof value === "string" && value.includes("\0");
