import { assertMay, type DraftAction, permissions } from "../../../src/domain/access/permissions";
import { accessRoles, type AccessRole, type Principal } from "../../../src/domain/access/principal";
import { saveNode } from "../../../src/domain/changes/compose/save-node";
import { stateOfView } from "../../../src/domain/changes/view-state";
import type { Call, Outcome } from "../../../src/domain/drafts/call";
import { openDraft, takeStep } from "../../../src/domain/drafts/draft-steps";
import { type Draft, draftStatuses } from "../../../src/domain/drafts/draft-store";
import { editDraft } from "../../../src/domain/drafts/save-draft";
import { editGraph, tryEdit } from "../../../src/domain/drafts/edit-graph";
import { draftFor } from "../../../src/domain/drafts/own-drafts";
import { publishDraft, tryPublishing } from "../../../src/domain/drafts/publish-draft";
import { revertCommit } from "../../../src/domain/drafts/draft-steps";
import { DomainError } from "../../../src/domain/errors";
import { loadModel } from "../../../src/store/memory/load-model";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { aDraft } from "../../builders/drafts";

/**
 * The statuses in which a caller may do something, by initial (OPEN, SUBMITTED, CHANGES_REQUESTED, APPROVED, PUBLISHED,
 * DISCARDED); `unseen`: the change set does not exist for the caller; `forbidden`: the role is too low.
 */
type Allowed = string;
const relations = ["own", "edited", "foreign"] as const;
type Relation = (typeof relations)[number];
type Row = Readonly<Record<Relation, Allowed>>;

const everywhere = (allowed: Allowed): Row => ({ own: allowed, edited: allowed, foreign: allowed });
const onlyOwn = (allowed: Allowed): Row => ({ own: allowed, edited: "unseen", foreign: "unseen" });
const onlyForeign = (allowed: Allowed): Row => ({ own: "", edited: "", foreign: allowed });
const forbidden = everywhere("forbidden");

const expected: Readonly<Record<DraftAction, { readonly AUTHOR: Row; readonly EDITOR: Row }>> = {
  readDraft: { AUTHOR: onlyOwn("OSCAPD"), EDITOR: everywhere("OSCAPD") },
  edit: { AUTHOR: onlyOwn("OSCA"), EDITOR: everywhere("OSCA") },
  rename: { AUTHOR: onlyOwn("OSCA"), EDITOR: everywhere("OSCA") },
  submit: { AUTHOR: onlyOwn("OC"), EDITOR: everywhere("OC") },
  comment: { AUTHOR: onlyOwn("OSCAPD"), EDITOR: everywhere("OSCAPD") },
  discard: { AUTHOR: onlyOwn("OSCA"), EDITOR: everywhere("OSCA") },
  approve: { AUTHOR: forbidden, EDITOR: onlyForeign("S") },
  requestChanges: { AUTHOR: forbidden, EDITOR: everywhere("SA") },
  publish: { AUTHOR: forbidden, EDITOR: onlyForeign("OSCA") },
};

const callOf = (role: AccessRole, more: Partial<Principal> = {}): Call => ({
  principal: { id: "key:me", name: "Me", role, ...more },
  input: null,
  idempotencyKey: null,
  now: new Date("2026-03-02T12:00:00.000Z"),
});

const writers: Readonly<Record<Relation, Partial<Draft>>> = {
  own: { author: "key:me", editedBy: ["key:ada"] },
  edited: { author: "key:ada", editedBy: ["key:ada", "key:me"] },
  foreign: { author: "key:ada", editedBy: ["key:ada"] },
};

const edit = {
  edit: saveNode("Concept", { slug: "c", title: "C", summary: "What it is." }),
  title: "Save c",
  expectedRevision: null,
};

type Attempt = (call: Call, store: ReturnType<typeof createMemoryStore>) => Promise<unknown>;
const published = async (store: ReturnType<typeof createMemoryStore>) =>
  stateOfView(await loadModel(store), (ids) => store.reader().texts(ids));

const attempts: Readonly<Record<DraftAction, Attempt>> = {
  readDraft: (call, { drafts }) => draftFor(call.principal, "d", drafts),
  edit: async (call, store) => editDraft(call, "d", { ...edit, dryRun: false }, await published(store), store),
  rename: (call, { drafts }) => takeStep(call, "d", { is: "rename", title: "Another" }, drafts),
  submit: (call, { drafts }) => takeStep(call, "d", { is: "submit" }, drafts),
  comment: (call, { drafts }) => takeStep(call, "d", { is: "comment", comment: "Good" }, drafts),
  discard: (call, { drafts }) => takeStep(call, "d", { is: "discard" }, drafts),
  approve: (call, { drafts }) => takeStep(call, "d", { is: "approve" }, drafts),
  requestChanges: (call, { drafts }) => takeStep(call, "d", { is: "requestChanges", comment: "More" }, drafts),
  publish: (call, store) => publishDraft(call, "d", store),
};

/** `done`, or the codes of what is in the way. */
async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    const { faults = [] } = (await attempt) as Partial<Outcome>;
    return faults.length === 0 ? "done" : faults.map(({ code }) => code).join(" ");
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

async function allowed(action: DraftAction, role: AccessRole, relation: Relation): Promise<Allowed> {
  const codes = await Promise.all(
    draftStatuses.map(async (status) => {
      const store = createMemoryStore();
      const before = aDraft({ id: "d", status, ...writers[relation] });
      await store.drafts.save(before);
      const code = await codeOf(attempts[action](callOf(role), store));
      // A refusal leaves the draft as it was.
      if (code !== "done") expect(await store.drafts.draft("d")).toEqual(before);
      return code;
    }),
  );
  if (codes.every((code) => code === "NOT_FOUND")) return "unseen";
  if (codes.every((code) => code === "FORBIDDEN")) return "forbidden";
  if (codes.every((code) => code === "UNAUTHENTICATED")) return "unauthenticated";
  for (const code of codes) expect(code).toMatch(/^(done|WRONG_STATUS|OWN_CHANGE_SET|WRONG_STATUS OWN_CHANGE_SET)$/);
  return draftStatuses.flatMap((status, at) => (codes[at] === "done" ? [status[0]] : [])).join("");
}

describe("what a caller of the domain may do", () => {
  const actions = Object.keys(expected) as DraftAction[];

  it.each(actions.flatMap((action) => accessRoles.map((role) => [role, action] as const)))(
    "as %s: %s, with an own change set, one edited, and one of others, from each status",
    async (role, action) => {
      const found = Object.fromEntries(
        await Promise.all(relations.map(async (each) => [each, await allowed(action, role, each)] as const)),
      );
      const unseen = action === "readDraft" ? "unseen" : "unauthenticated";
      const wanted = role === "ANONYMOUS" ? everywhere(unseen) : expected[action][role === "AUTHOR" ? role : "EDITOR"];
      expect(found).toEqual(wanted);
    },
  );

  it.each(accessRoles)("as %s: open, revert, and edit what is published", async (role) => {
    const store = createMemoryStore();
    const state = await published(store);
    const call = callOf(role);
    const revision = { revision: 1, title: "Before", changes: [] } as never;
    const codes = [
      await codeOf(openDraft(call, "New", store.drafts)),
      await codeOf(revertCommit(call, revision, false, state, store.drafts)),
      await codeOf(tryEdit(call, edit, state, store)),
      await codeOf(editGraph(call, edit, store)),
    ];
    const publishing = role === "AUTHOR" ? "CHANGE_SET_REQUIRED" : "done";
    const wanted = ["done", "done", publishing, publishing];
    expect(codes).toEqual(role === "ANONYMOUS" ? wanted.map(() => "UNAUTHENTICATED") : wanted);
  });

  it("is not to write with a key that cannot be confirmed", async () => {
    for (const action of actions.filter((each) => each !== "readDraft")) {
      const store = createMemoryStore();
      await store.drafts.save(aDraft({ id: "d", ...writers.foreign }));
      const call = callOf("ADMIN", { isUnconfirmed: true });
      expect([action, await codeOf(attempts[action](call, store))]).toEqual([action, "STORE_UNAVAILABLE"]);
    }
    const store = createMemoryStore();
    const call = callOf("ADMIN", { isUnconfirmed: true });
    expect(await codeOf(editGraph(call, edit, store))).toBe("STORE_UNAVAILABLE");
    expect(await codeOf(openDraft(call, "New", store.drafts))).toBe("STORE_UNAVAILABLE");
  });

  it("is to read with such a key all the same", () => {
    const { principal } = callOf("ADMIN", { isUnconfirmed: true });
    for (const action of ["readGraph", "readAuthorship", "readOldCommits", "useViews", "lintGraph"] as const)
      expect(() => assertMay(principal, action)).not.toThrow();
  });

  it("is named in the refusal of each action", async () => {
    const names = Object.values(permissions).map(({ what }) => what);
    expect(new Set(names).size).toBe(names.length);
    const store = createMemoryStore();
    await expect(publishDraft(callOf("AUTHOR"), "d", store)).rejects.toThrow(
      "Publishing a change set needs the role EDITOR, but the credential has AUTHOR.",
    );
    await expect(tryPublishing(callOf("AUTHOR"), "d", await published(store), store)).rejects.toThrow("EDITOR");
  });
});
