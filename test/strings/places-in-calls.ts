import type { Args } from "./base-calls";

/** What stands at the path; lists are passed through by their first item. */
export function valueAt(args: unknown, [name, ...rest]: readonly string[]): unknown {
  const value = Array.isArray(args) ? (args as unknown[])[0] : args;
  if (name === undefined) return value;
  return value === null || typeof value !== "object" ? undefined : valueAt((value as Args)[name], rest);
}

/** The same with another value at the path, which must be there. */
export function withValue<T>(args: T, path: readonly string[], value: unknown): T {
  if (Array.isArray(args)) return [withValue(args[0] as unknown, path, value), ...(args as unknown[]).slice(1)] as T;
  const [name, ...rest] = path;
  if (name === undefined) return value as T;
  return { ...args, [name]: withValue((args as Args)[name], rest, value) };
}

/**
 * The text as it gets furthest in a place with this value: as it is, as the name of a node of the same kind, within a
 * global ID, or as one of the values of a cursor.
 */
export function dressed(text: string, value: unknown, turn: number): string {
  if (typeof value !== "string" || turn % 2 === 0) return text;
  const parts = cursorParts(value);
  if (parts) {
    const at = 1 + (Math.floor(turn / 2) % Math.max(1, parts.length - 1));
    return encoded(JSON.stringify(parts.with(Math.min(at, parts.length - 1), text)));
  }
  const [, kind] = /^([A-Z][A-Za-z]+):/.exec(value) ?? [];
  if (!kind) return text;
  return turn % 4 === 1 ? `${kind}:${text}` : encoded(`${kind}:${text}`);
}

function cursorParts(value: string): unknown[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
    return Array.isArray(parts) && parts.length > 0 ? parts : null;
  } catch {
    return null;
  }
}

const encoded = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
