import { type Edit, type InputPath } from "../../../../src/domain/changes/compose/composition";
import { placeFinding } from "../../../../src/domain/changes/compose/save-node";
import { planChanges } from "../../../../src/domain/changes/plan-commit";
import { emptyHead, type Head, nextHead, scan } from "../../../../src/store/memory/head";
import { stateReader } from "../../../../src/store/memory/memory-store";
import { type BankView, bankView } from "../../../../src/domain/rules/bank-view";
import { aChangeSet, type Changes } from "../../../builders/changes";
import { outline } from "../planning";

/** A bank that inputs are saved into. */
export class Authored {
  private head: Head = emptyHead;

  static async with(changes: Changes): Promise<Authored> {
    const bank = new Authored();
    const plan = await planChanges(aChangeSet(changes), stateReader(bank.head));
    if (plan.findings.length > 0) throw new Error(JSON.stringify(plan.findings));
    bank.head = nextHead(bank.head, plan.changes);
    return bank;
  }

  /** Saves what was composed, unless there is a fault; tells the changes made, or the faults as code and path. */
  async save(compose: Edit): Promise<{ readonly changes: string[]; readonly faults: [string, InputPath][] }> {
    const state = stateReader(this.head);
    const composed = await compose(state);
    const plan = await planChanges(aChangeSet([composed.changes]), state);
    const faults = [...composed.findings, ...plan.findings.map((finding) => placeFinding(finding, composed))];
    if (faults.length > 0) return { changes: [], faults: faults.map(({ code, path }) => [code, path]) };
    this.head = nextHead(this.head, plan.changes);
    return { changes: outline(plan.changes), faults: [] };
  }

  /** The messages of the faults. */
  async messages(compose: Edit): Promise<string[]> {
    const { findings } = await compose(stateReader(this.head));
    return findings.map(({ message }) => message);
  }

  view(): BankView {
    const items = [...scan(this.head)].flat();
    return bankView({
      nodes: new Map(items.flatMap((item) => ("node" in item ? [[item.node.id, item.node]] : []))),
      edges: items.flatMap((item) => ("edge" in item && item.edge.edge !== "MENTIONS" ? [item.edge] : [])),
    });
  }
}
