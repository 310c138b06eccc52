import type { AccessRole } from "../../../src/domain/access/principal";
import type { Call } from "../../../src/domain/drafts/call";
import { type DraftStep, takeStep } from "../../../src/domain/drafts/draft-steps";
import { draftStatuses, type DraftStatus } from "../../../src/domain/drafts/draft-store";
import { editDraft } from "../../../src/domain/drafts/save-draft";
import { publishDraft, tryPublishing } from "../../../src/domain/drafts/publish-draft";
import { stateOfView } from "../../../src/domain/changes/view-state";
import { saveNode } from "../../../src/domain/changes/compose/save-node";
import { loadModel } from "../../../src/store/memory/load-model";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { aDraft } from "../../builders/drafts";

const callOf = (name: string, role: AccessRole, allowsOwnApproval?: boolean): Call => ({
  principal: { id: `key:${name}`, name, role },
  input: null,
  idempotencyKey: null,
  now: new Date("2026-03-02T12:00:00.000Z"),
  ...(allowsOwnApproval !== undefined && { allowsOwnApproval }),
});

const edith = callOf("edith", "EDITOR");

const steps: Readonly<Record<DraftStep["is"], DraftStep>> = {
  rename: { is: "rename", title: "Another title" },
  submit: { is: "submit" },
  approve: { is: "approve" },
  requestChanges: { is: "requestChanges", comment: "More" },
  comment: { is: "comment", comment: "Good" },
  discard: { is: "discard" },
};

/** The status that each step leads to from each status; null where it is refused. */
const table: readonly (readonly [DraftStep["is"], Readonly<Record<DraftStatus, DraftStatus | null>>])[] = [
  [
    "rename",
    {
      OPEN: "OPEN",
      SUBMITTED: "SUBMITTED",
      CHANGES_REQUESTED: "CHANGES_REQUESTED",
      APPROVED: "APPROVED",
      PUBLISHED: null,
      DISCARDED: null,
    },
  ],
  [
    "submit",
    {
      OPEN: "SUBMITTED",
      SUBMITTED: null,
      CHANGES_REQUESTED: "SUBMITTED",
      APPROVED: null,
      PUBLISHED: null,
      DISCARDED: null,
    },
  ],
  [
    "approve",
    { OPEN: null, SUBMITTED: "APPROVED", CHANGES_REQUESTED: null, APPROVED: null, PUBLISHED: null, DISCARDED: null },
  ],
  [
    "requestChanges",
    {
      OPEN: null,
      SUBMITTED: "CHANGES_REQUESTED",
      CHANGES_REQUESTED: null,
      APPROVED: "CHANGES_REQUESTED",
      PUBLISHED: null,
      DISCARDED: null,
    },
  ],
  [
    "comment",
    {
      OPEN: "OPEN",
      SUBMITTED: "SUBMITTED",
      CHANGES_REQUESTED: "CHANGES_REQUESTED",
      APPROVED: "APPROVED",
      PUBLISHED: "PUBLISHED",
      DISCARDED: "DISCARDED",
    },
  ],
  [
    "discard",
    {
      OPEN: "DISCARDED",
      SUBMITTED: "DISCARDED",
      CHANGES_REQUESTED: "DISCARDED",
      APPROVED: "DISCARDED",
      PUBLISHED: null,
      DISCARDED: null,
    },
  ],
];

describe("a step of a change set's life", () => {
  it.each(table.flatMap(([is, to]) => draftStatuses.map((from) => [is, from, to[from]] as const)))(
    "%s, from %s, leads to %s",
    async (is, from, to) => {
      const { drafts } = createMemoryStore();
      await drafts.save(aDraft({ id: "d", status: from }));
      const { faults, draft } = await takeStep(edith, "d", steps[is], drafts);
      const stored = await drafts.draft("d");
      expect(faults.map(({ code }) => code)).toEqual(to === null ? ["WRONG_STATUS"] : []);
      expect([stored?.status, stored?.version]).toEqual(to === null ? [from, 1] : [to, 2]);
      expect(draft?.status ?? null).toBe(to);
    },
  );
});

describe("a change set", () => {
  const ada = callOf("ada", "EDITOR");

  /** Approving (of one handed in) and publishing (of one approved), by the caller: the codes of what is in the way. */
  async function judged(call: Call, given: { author?: string; editedBy?: readonly string[] }): Promise<string[][]> {
    const store = createMemoryStore();
    await store.drafts.save(aDraft({ id: "s", status: "SUBMITTED", ...given }));
    await store.drafts.save(aDraft({ id: "a", status: "APPROVED", ...given }));
    const state = stateOfView(await loadModel(store), (ids) => store.reader().texts(ids));
    const outcomes = [
      await takeStep(call, "s", { is: "approve" }, store.drafts),
      await tryPublishing(call, "a", state, store),
      await publishDraft(call, "a", store),
    ];
    const statuses = [(await store.drafts.draft("s"))?.status, (await store.drafts.draft("a"))?.status];
    const refusals = outcomes.map(({ faults }) => faults.map(({ code }) => code));
    expect(statuses).toEqual(refusals[0]?.length ? ["SUBMITTED", "APPROVED"] : ["APPROVED", "PUBLISHED"]);
    return refusals;
  }
  const refused = [["OWN_CHANGE_SET"], ["OWN_CHANGE_SET"], ["OWN_CHANGE_SET"]];
  const done = [[], [], []];

  it("is not judged by whoever opened it", async () => expect(await judged(ada, {})).toEqual(refused));
  it("is not judged by whoever edited it", async () =>
    expect(await judged(edith, { editedBy: ["key:otto", "key:edith"] })).toEqual(refused));
  it("is judged by another editor", async () => expect(await judged(edith, { editedBy: ["key:ada"] })).toEqual(done));
  it("is judged by its author where that is allowed", async () =>
    expect(await judged(callOf("ada", "EDITOR", true), { editedBy: ["key:ada"] })).toEqual(done));

  it("knows who has edited it, each once, however often it is saved", async () => {
    const store = createMemoryStore();
    await store.drafts.save(aDraft({ id: "d" }));
    const published = stateOfView(await loadModel(store), (ids) => store.reader().texts(ids));
    const edit = (call: Call, title: string) =>
      editDraft(
        call,
        "d",
        {
          edit: saveNode("Concept", { slug: "c", title, summary: "What it is." }),
          title: "",
          expectedRevision: null,
          dryRun: false,
        },
        published,
        store,
      );
    for (const [call, title] of [
      [ada, "A"],
      [edith, "B"],
      [ada, "C"],
    ] as const)
      expect((await edit(call, title)).faults).toEqual([]);
    expect((await store.drafts.draft("d"))?.editedBy).toEqual(["key:ada", "key:edith"]);
    expect((await takeStep(edith, "d", { is: "submit" }, store.drafts)).faults).toEqual([]);
    expect((await takeStep(edith, "d", { is: "approve" }, store.drafts)).faults).toMatchObject([
      { code: "OWN_CHANGE_SET" },
    ]);
  });
});
