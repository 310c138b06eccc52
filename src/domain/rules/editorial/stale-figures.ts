import type { NodeState } from "../../changes/change-set";
import type { BankView } from "../bank-view";
import type { Rule } from "../finding";

export const staleFigures: Rule = {
  code: "stale-figures",
  severity: "note",
  structural: false,
  description: "The figures of a benchmark are looked at again when the time is over for which they stay fresh.",
  evaluate: (bank, { today }) =>
    bank.ofKind("Benchmark").flatMap((benchmark) => {
      const end = freshUntil(bank, benchmark);
      if (end === null || today <= end) return [];
      const message = `The figures were to stay fresh until ${end}.`;
      const hint = "Look for newer ones, or make staleAfter longer and say why they still hold.";
      return [{ node: benchmark.id, path: ["staleAfter"], message, hint }];
    }),
};

/** The last fresh day, `YYYY-MM-DD`; null where no time is stated. A date known to the month or year counts to its end. */
export function freshUntil(bank: BankView, { id, fields }: NodeState): string | null {
  const { staleAfter, date } = fields as { staleAfter?: string; date?: string };
  const source = bank.nodes.get(bank.links(id, "Benchmark.source")[0]?.other ?? id);
  const start = date ?? (source?.fields["retrievedAt"] as string | undefined);
  if (staleAfter === undefined || start === undefined) return null;
  const [year, month, day] = start.split("-").map(Number) as [number, number?, number?];
  const part = (letter: string) => Number(new RegExp(`(\\d+)${letter}`).exec(staleAfter)?.[1] ?? 0);
  const lastDay = day ?? 0;
  const nextMonth = (month ?? 12) - (day === undefined ? 0 : 1);
  const days = lastDay + 7 * part("W") + part("D");
  return new Date(Date.UTC(year + part("Y"), nextMonth + part("M"), days)).toISOString().slice(0, 10);
}
