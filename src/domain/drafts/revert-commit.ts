import { assertMay } from "../access/permissions";
import type { Commit } from "../changes/change-set";
import { type RevertConflict, revertOf } from "../changes/revert";
import type { StateReader } from "../changes/state-reader";
import { type Call, type Outcome, refused } from "./call";
import { openDraft } from "./draft-steps";
import type { DraftStore } from "./draft-store";
import { extended } from "./extend-draft";
import type { Fault } from "./fault";

const titleLimit = 200;

/**
 * Opens a change set that undoes a commit in the published graph. What others have changed since is a fault each, unless
 * it is to be left out; then the change set undoes the rest.
 */
export async function revertCommit(
  call: Call,
  commit: Commit,
  leaveConflicts: boolean,
  published: StateReader,
  drafts: DraftStore,
): Promise<Outcome> {
  assertMay(call.principal, "revertCommit");
  const { changes, conflicts } = await revertOf(commit, published);
  if (conflicts.length > 0 && !leaveConflicts) return refused(conflicts.map(faultOf));
  const title = `Revert ${commit.revision}: ${commit.title}`
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, titleLimit)
    .trim()
    .toWellFormed();
  return openDraft(call, title, drafts, await extended({ changes: [], base: {} }, changes, published, published));
}

function faultOf({ subject, field, after, now }: RevertConflict): Fault {
  const what = field === null ? subject : `${subject}: ${field}`;
  const values = field === null ? "" : `: the commit left ${shown(after)}, and now it is ${shown(now)}`;
  return { code: "STALE_REVISION", path: ["revision"], message: `${what} has been changed since${values}.` };
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
