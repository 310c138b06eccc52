import { randomUUID } from "node:crypto";
import { type Call, type Outcome, refused, repeatKeyOf, succeeded } from "./call";
import { assertMay, draftPermission } from "../access/permissions";
import { prose, title } from "../ontology/field";
import type { Draft, DraftStore } from "./draft-store";
import type { Fault } from "./fault";
import { draftFor } from "./own-drafts";
import { nextVersion, rewriteDraft } from "./save-draft";

/** Opens a change set, with nothing in it unless told. A call that was made before gives the one that it opened. */
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

/** A step of a change set's life, which changes its title, status or comments and nothing else. */
export type DraftStep =
  | { readonly is: "rename"; readonly title: string }
  | { readonly is: "submit" | "approve" | "discard" }
  | { readonly is: "requestChanges" | "comment"; readonly comment: string };

/** What holds of such texts in the graph holds here: a title becomes that of a commit. */
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
