import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { DomainError } from "../domain/errors";
import { RequestError } from "./body";

/** A GraphQL request as it arrived: the JSON of a POST, or the parameters of a GET. */
export type RequestParameters = Readonly<Record<string, unknown>>;

/** Returns the name of a document: `sha256:` and the hexadecimal SHA-256 of its text. */
export const documentIdOf = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/**
 * Documents that were made known before the server started, and that clients ask for by name. None are added later.
 * `documentId` is from https://github.com/graphql/graphql-over-http/pull/264; Apollo's clients send
 * `extensions.persistedQuery`.
 */
export class TrustedDocuments {
  /** The name of the set of documents and of `only`: other documents give another version. */
  readonly version: string;

  constructor(
    private readonly texts: ReadonlyMap<string, string>,
    /** True if every document that is not in `texts` is refused. */
    private readonly only: boolean,
  ) {
    this.version = documentIdOf(JSON.stringify([only, [...texts.keys()].sort()]));
  }

  /**
   * Returns the request with the document's text. Throws NOT_FOUND for an unknown document, FORBIDDEN for one that is
   * not allowed, and a RequestError for a text that does not match its hash.
   */
  resolve({ documentId, extensions, ...rest }: RequestParameters): RequestParameters {
    const { persistedQuery, ...others } = isRecord(extensions) ? extensions : {};
    const hash = isRecord(persistedQuery) ? persistedQuery["sha256Hash"] : undefined;
    const id = documentId ?? (typeof hash === "string" ? `sha256:${hash}` : undefined);
    const request = {
      ...rest,
      ...(extensions !== undefined && { extensions: isRecord(extensions) ? others : extensions }),
    };
    const { query } = rest;
    if (id === undefined || query !== undefined) {
      if (this.only && typeof query === "string" && !this.texts.has(documentIdOf(query)))
        throw new DomainError("FORBIDDEN", "Only documents that were made known to the server are served.");
      if (id !== undefined && (typeof query !== "string" || documentIdOf(query) !== id))
        throw new RequestError(400, "BAD_REQUEST", "The document is not the one that its hash names.");
      return request;
    }
    const text = typeof id === "string" ? this.texts.get(id) : undefined;
    // Apollo's clients recognize this message, and then send the text.
    if (text === undefined) throw new DomainError("NOT_FOUND", "PersistedQueryNotFound");
    return { ...request, query: text };
  }
}

/**
 * Reads a manifest: a JSON object from each document's SHA-256, with or without `sha256:` before it, to its text.
 * Returns the texts by name (`sha256:…`). `fulcrum documents` and GraphQL Code Generator's client preset make
 * manifests. Throws INVALID_ARGUMENT for anything else.
 */
export function readManifest(path: string): ReadonlyMap<string, string> {
  const refuse = (why: string) => new DomainError("INVALID_ARGUMENT", `${path} is no manifest of documents: ${why}.`);
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (!isRecord(manifest)) throw refuse("it must be an object from hashes to documents");
  return new Map(
    Object.entries(manifest).map(([name, text]) => {
      const id = name.startsWith("sha256:") ? name : `sha256:${name}`;
      if (typeof text !== "string" || documentIdOf(text) !== id) throw refuse(`${name} is not the SHA-256 of its text`);
      return [id, text];
    }),
  );
}

/** Returns the names of a document's operations. A string or comment that looks like an operation counts as one too. */
export const operationNamesIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:query|mutation|subscription)\s+([_A-Za-z]\w*)/g)].map(([, name]) => name as string);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
