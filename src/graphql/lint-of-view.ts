import { DomainError } from "../domain/errors";
import type { GraphView } from "../domain/graph/graph-view";
import { compareText } from "../domain/graph/order";
import { bankOfView, nodesWithTexts } from "../domain/rules/bank-of-view";
import type { RuleFinding } from "../domain/rules/finding";
import { runRules } from "../domain/rules/run-rules";
import type { Links } from "./links";

/** Rules look at all texts of a bank at once. Larger banks are linted as files. */
const maxNodesWithTexts = 10_000;

/**
 * Every finding about the graph that a view shows, by node, path and rule; found once for a view and day, for all who ask.
 * `starting` is called where it has to be found. Lets others go on meanwhile. Throws TOO_COMPLEX for a bank of too many texts.
 */
export function lintOfView(
  view: GraphView,
  links: Links,
  today: string,
  starting: () => void = () => undefined,
): Promise<readonly RuleFinding[]> {
  const slot = view.remember<{ findings?: Promise<readonly RuleFinding[]> }>(`lint ${today}`, () => ({}));
  if (slot.findings) return slot.findings;
  starting();
  const before = newest;
  const findings = before.then(() => lint(view, links, today));
  newest = findings.then(
    () => undefined,
    () => undefined,
  );
  // What failed, such as for want of time, is tried again.
  return (slot.findings = findings.catch((error: unknown) => {
    delete slot.findings;
    throw error;
  }));
}

/** Ends when all that began before has ended: one graph is judged at a time, whoever asks. */
let newest: Promise<void> = Promise.resolve();

async function lint(view: GraphView, links: Links, today: string): Promise<readonly RuleFinding[]> {
  const ids = nodesWithTexts(view);
  if (ids.length > maxNodesWithTexts)
    throw new DomainError("TOO_COMPLEX", "The bank holds too many texts for lint here; export it, and lint the files.");
  const texts = await Promise.all(ids.map(async (id) => [id, await links.texts(id)] as const));
  const bank = bankOfView(view, new Map(texts));
  const findings = await runRules(bank, "editorial", { today });
  return findings.sort(
    (a, b) =>
      compareText(a.node, b.node) ||
      compareText(a.path.join(" "), b.path.join(" ")) ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}
