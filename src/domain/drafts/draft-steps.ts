import { randomUUID } from "node:crypto";
import { assertMay, draftPermission } from "../access/permissions";
import { prose, title } from "../ontology/field";
import type { Commit } from "../changes/change-set";
import { revertOf, type RevertConflict } from "../changes/revert";
import type { StateReader } from "../changes/state-reader";
import { type Call, type Fault, type Outcome, refused, repeatKeyOf, succeeded } from "./call";
import type { Draft, DraftStore } from "./draft-store";
import { draftFor } from "./own-drafts";
import { nextVersion, rewriteDraft } from "./save-draft";
import { extended } from "./extend-draft";

/**
 * Opens a change set, empty unless `written` is given. A repeated call returns the change set that the first call
 * opened, as it is now. A malformed title is a fault of the outcome.
 */
export async function openDraft(
  call: Call,
  name: string,
  drafts: DraftStore,
  written: Pick<Draft, "changes" | "base"> = { changes: [], base: {} },
): Promise<Outcome> {
  assertMay(call.principal, "openDraft");
  const faults = textFaults("title", name);
  if (faults.length > 0) return refused(faults);
  const repeat = repeatKeyOf(call);
  const at = call.now.toISOString();
  const draft: Draft = {
    id: randomUUID(),
    title: name,
    author: call.principal.id,
    authorName: call.principal.name,
    status: "OPEN",
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...written,
    comments: [],
    publishedAs: null,
  };
  const { replayed } = await drafts.save(draft, repeat && { ...repeat, result: JSON.stringify(draft.id) });
  const opened = replayed === null ? draft : await draftFor(call.principal, JSON.parse(replayed) as string, drafts);
  return succeeded({ draft: opened });
}

/** A step in the life of a change set. It changes title, status or comments, and nothing else. */
export type DraftStep =
  | { readonly is: "rename"; readonly title: string }
  | { readonly is: "submit" | "approve" | "discard" }
  | { readonly is: "requestChanges" | "comment"; readonly comment: string };

/**
 * The rules for such texts in the graph apply here too: the title becomes that of a commit. A comment has at most 5,000
 * characters.
 */
const texts = {
  title: title("What the change set is about.").schema,
  comment: prose("What somebody says of the change set.", 5_000).schema,
};

export const takeStep = (call: Call, id: string, step: DraftStep, drafts: DraftStore): Promise<Outcome> =>
  rewriteDraft(call, step.is, id, drafts, async (draft) => {
    const { to } = draftPermission(step.is);
    const faults = [
      ...("title" in step ? textFaults("title", step.title) : []),
      ...("comment" in step ? textFaults("comment", step.comment) : []),
    ];
    if (faults.length > 0) return refused(faults);
    const comment = "comment" in step && { by: call.principal.name, at: call.now.toISOString(), text: step.comment };
    const next = nextVersion(draft, call, {
      ...(to && { status: to }),
      ...("title" in step && { title: step.title }),
      ...(comment && { comments: [...draft.comments, comment] }),
    });
    return { next, outcome: succeeded({ draft: next }) };
  });

const textFaults = (field: keyof typeof texts, text: string): readonly Fault[] =>
  (texts[field].safeParse(text).error?.issues ?? []).map(({ message }) => ({
    code: "INVALID_FIELD",
    path: [field],
    message: `${field} ${message}.`,
  }));
const titleLimit = 200;

/**
 * Opens a change set that undoes a commit in the published graph. Each field or item that others have changed since is
 * a fault, unless `leaveConflicts`: then the change set undoes the rest.
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
