import { createHash } from "node:crypto";
import { DomainError } from "../errors";
import type { CommitOptions, Compose } from "../graph/port";
import type { ChangeSet } from "./change-set";

/**
 * SHA-256 of a change set's JSON with sorted keys, in base64url. It tells if two change sets under one idempotency key
 * are the same.
 */
export const changeSetHash = (changeSet: ChangeSet): string =>
  createHash("sha256").update(canonicalJson(changeSet)).digest("base64url");

/**
 * JSON of plain data with the keys of each object in code unit order. Undefined becomes null, but an object key with an
 * undefined value is left out.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  let text = "";
  for (const key of Object.keys(value).sort()) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    if (inner === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(inner)}`;
  }
  return `{${text}}`;
}

/**
 * The hash of the input that a commit's idempotency key belongs to. Throws INVALID_ARGUMENT if the change set is yet to
 * be composed and no `inputHash` is given.
 */
export function inputHashOf(changes: ChangeSet | Compose, { inputHash }: CommitOptions): string {
  if (inputHash !== undefined) return inputHash;
  if (typeof changes !== "function") return changeSetHash(changes);
  throw new DomainError("INVALID_ARGUMENT", "A commit whose change set is composed needs the hash of its input.");
}

/** Throws IDEMPOTENCY_KEY_REUSED if a repeated key comes with another input than the first time. */
export function assertSameInput(key: string, firstHash: string, hash: string): void {
  if (firstHash === hash) return;
  throw new DomainError(
    "IDEMPOTENCY_KEY_REUSED",
    `The idempotency key ${JSON.stringify(key)} was used before, with another input.`,
  );
}
