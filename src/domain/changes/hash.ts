import { createHash } from "node:crypto";
import { DomainError } from "../errors";
import type { CommitOptions, Compose } from "../graph/port";
import type { ChangeSet } from "./change-set";

/** Tells whether two change sets under one idempotency key are the same: SHA-256 over JSON with sorted keys, in base64url. */
export const changeSetHash = (changeSet: ChangeSet): string =>
  createHash("sha256").update(canonicalJson(changeSet)).digest("base64url");

/** JSON of plain data with the keys of every object in code unit order; undefined as `JSON.stringify` has it. */
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

/** What a commit's key is for. Throws INVALID_ARGUMENT where it cannot be known before the change set is composed. */
export function inputHashOf(changes: ChangeSet | Compose, { inputHash }: CommitOptions): string {
  if (inputHash !== undefined) return inputHash;
  if (typeof changes !== "function") return changeSetHash(changes);
  throw new DomainError("INVALID_ARGUMENT", "A commit whose change set is composed needs the hash of its input.");
}

/** Throws IDEMPOTENCY_KEY_REUSED unless a key that comes again has the input that it had the first time. */
export function assertSameInput(key: string, firstHash: string, hash: string): void {
  if (firstHash === hash) return;
  throw new DomainError(
    "IDEMPOTENCY_KEY_REUSED",
    `The idempotency key ${JSON.stringify(key)} was used before, with another input.`,
  );
}
