import { createHash } from "node:crypto";
import type { ChangeSet } from "./change-set";

/** Tells whether two change sets under one idempotency key are the same: SHA-256 over JSON with sorted keys, in base64url. */
export const changeSetHash = (changeSet: ChangeSet): string =>
  createHash("sha256").update(canonicalJson(changeSet)).digest("base64url");

/** JSON with the keys of every object in code unit order. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
