import { distance } from "fastest-levenshtein";

/** At most three of the candidates that `name` may have meant: nearest first, ties in code point order. */
export function nearNames(name: string, candidates: Iterable<string>): string[] {
  const limit = Math.max(2, Math.floor(name.length * 0.4));
  const near: [number, string][] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit && !candidate.includes(name)) continue;
    const steps = candidate.includes(name) && name.length > 2 ? 1 : distance(name, candidate);
    if (steps <= limit && candidate !== name) near.push([steps, candidate]);
  }
  return near
    .sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1))
    .slice(0, 3)
    .map(([, candidate]) => candidate);
}

/** ` Did you mean "a" or "b"?`, or nothing. */
export const didYouMean = (names: readonly string[]): string =>
  names.length === 0 ? "" : ` Did you mean ${names.map((name) => JSON.stringify(name)).join(" or ")}?`;
