import { createHash } from "node:crypto";
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
