import { DomainError } from "../errors";

const maxDays = 3_650;

/**
 * When a key ends: after a number of days ("90d"), with a day ("2027-01-31", that day included, UTC), or never (null).
 * Throws INVALID_ARGUMENT for other texts and for days that are over or more than ten years away.
 */
export function parseExpiry(text: string, now: Date): string | null {
  if (text === "never") return null;
  const end = endOf(text, now);
  if (end === null)
    throw refused('must be a number of days such as "90d", a day such as "2027-01-31", or "never"', text);
  if (end <= now.getTime()) throw refused("must lie in the future", text);
  if (end > after(now, maxDays + 1)) throw refused("must lie within ten years", text);
  return new Date(end).toISOString();
}

/** Milliseconds since 1970. */
function endOf(text: string, now: Date): number | null {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined) return after(now, Number(days));
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  // 31 June would become 1 July.
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text)) return null;
  return after(day, 1);
}

const after = (moment: Date, days: number): number => moment.getTime() + days * 86_400_000;

const refused = (rule: string, text: string): DomainError =>
  new DomainError("INVALID_ARGUMENT", `An expiry ${rule}, but got: ${JSON.stringify(text)}.`);
