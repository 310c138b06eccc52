import { mayWithAllDrafts, mayWithDraft } from "../../domain/access/permissions";
import type { Principal } from "../../domain/access/principal";
import type { Draft, DraftStatus } from "../../domain/drafts/draft-store";
import { DomainError } from "../../domain/errors";
import { defaultPageSize, isGiven, readPageSize, requestedPageSize } from "../arguments/page-size";
import { declareField, declareObject, declareQuery, ID, Int } from "../declare";
import { base } from "../limits/meter";
import { changeSetStatus, changeSetType } from "../types/change-set-type";
import { pageInfo } from "../types/connection-types";

interface Page {
  readonly nodes: readonly Draft[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

const page = declareObject("ChangeSetPage", "A stretch of the list of change sets, those opened last first.");
declareField<Page>(page, "nodes", {
  type: () => [changeSetType],
  description: "The change sets of the stretch, the one opened last first.",
  cost: { own: 0 },
});

declareField<Page>(page, "pageInfo", {
  type: () => pageInfo,
  description: "Where the stretch begins and ends, and whether older ones follow.",
  cost: { own: 0 },
  resolve: ({ nodes, hasNext, hasPrevious }) => ({
    hasNextPage: hasNext,
    hasPreviousPage: hasPrevious,
    startCursor: cursorOf(nodes[0]),
    endCursor: cursorOf(nodes.at(-1)),
  }),
});

/** Change sets, for their authors and for editors. */
export class ChangeSetQueries {}

declareQuery(ChangeSetQueries, "changeSet", {
  type: () => changeSetType,
  nullable: true,
  description: "The change set with this ID, for its author and for editors; null if there is none to see.",
  args: { id: { type: () => ID, required: true, description: "The ID that opening the change set gave." } },
  resolve: async (_root, { id }: { id: string }, { principal, authoring, report }) => {
    report.meter.objects(base.storeRead);
    const draft = await authoring.database.drafts.draft(id);
    return draft && mayWithDraft(principal, "readDraft", draft) ? draft : null;
  },
});

interface ListArguments {
  readonly status?: readonly DraftStatus[] | null;
  readonly author?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

declareQuery(ChangeSetQueries, "changeSets", {
  type: () => page,
  description: "Change sets, the one opened last first: an author's own ones, and for editors those of all.",
  args: {
    status: {
      type: () => [changeSetStatus],
      description: "Only those with one of these statuses; of any unless said.",
    },
    author: { type: () => String, description: "Only those that this author opened, as ChangeSet.author has it." },
    first: { type: () => Int, defaultValue: defaultPageSize, description: "How many to give, from 1 to 100." },
    after: { type: () => String, description: "Go on after this cursor, which came with a stretch of the list." },
  },
  cost: { times: requestedPageSize },
  resolve: async (_root, args: ListArguments, { principal, authoring, report }): Promise<Page> => {
    const size = readPageSize("first", args.first);
    const author = authorFor(principal, args.author);
    const found = await authoring.database.drafts.drafts({
      first: size + 1,
      ...(author !== undefined && { author }),
      ...(isGiven(args.status) && { statuses: args.status }),
      ...(isGiven(args.after) && { after: placeOf(args.after) }),
    });
    report.meter.objects(base.storeRead + found.length);
    const nodes = found.slice(0, size).filter((draft) => !isGiven(args.author) || draft.author === args.author);
    return { nodes, hasNext: found.length > size, hasPrevious: isGiven(args.after) };
  },
});

/** Whose change sets are looked through; those of all if undefined. */
const authorFor = (principal: Principal, author: string | null | undefined): string | undefined =>
  mayWithAllDrafts(principal, "readDraft") ? (author ?? undefined) : principal.id;

const cursorOf = (draft: Draft | undefined): string | null =>
  draft ? Buffer.from(JSON.stringify([draft.createdAt, draft.id])).toString("base64url") : null;

function placeOf(cursor: string): { readonly createdAt: string; readonly id: string } {
  const [, createdAt, id] =
    /^\["(\d{4}-[\d:.TZ-]{1,30})","([\w-]{1,100})"\]$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (createdAt !== undefined && id !== undefined) return { createdAt, id };
  throw new DomainError(
    "INVALID_ARGUMENT",
    `after must be a cursor, but got: ${JSON.stringify(cursor.slice(0, 100))}.`,
  );
}
