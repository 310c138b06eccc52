import type { AppliedChange } from "../../../src/domain/changes/change-set";
import { planCommit, type PlanOptions } from "../../../src/domain/changes/plan-commit";
import type { Finding } from "../../../src/domain/errors";
import { edgeSubject } from "../../../src/domain/graph/node";
import { emptyHead, type Head, nextHead } from "../../../src/store/memory/head";
import { stateReader } from "../../../src/store/memory/memory-store";
import { aChangeSet, type Changes } from "../../builders/changes";
import { fullFindingsOf } from "../../contract/asking";

/** A bank to plan against. */
export class Bank {
  private head: Head = emptyHead;

  static async with(changes: Changes): Promise<Bank> {
    const bank = new Bank();
    await bank.commit(changes);
    return bank;
  }

  plan(changes: Changes, options?: PlanOptions): Promise<readonly AppliedChange[]> {
    return planCommit(aChangeSet(changes), stateReader(this.head), options);
  }

  async commit(changes: Changes): Promise<void> {
    this.head = nextHead(this.head, await this.plan(changes));
  }

  findings(changes: Changes): Promise<readonly Finding[]> {
    return fullFindingsOf(this.plan(changes));
  }

  /** What the changes are refused for, each as `CODE subject`. */
  async refusal(changes: Changes): Promise<string[]> {
    return (await this.findings(changes)).map(({ code, subject }) => `${code} ${subject}`);
  }
}

/** What a plan changes, each as `+`, `-` or `~` and the node or edge. */
export const outline = (plan: readonly AppliedChange[]): string[] =>
  plan.map((change) => {
    const sign = change.before === null ? "+" : change.after === null ? "-" : "~";
    return `${sign} ${"node" in change ? change.node : edgeSubject(change)}`;
  });
