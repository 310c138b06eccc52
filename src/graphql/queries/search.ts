import { DomainError } from "../../domain/errors";
import type { Where } from "../../domain/graph/where";
import type { NodeId } from "../../domain/ids";
import type { NodeKind } from "../../domain/ontology/node-kinds";
import { paced } from "../../domain/pacer";
import type { Searching } from "../../search/search-index";
import { isGiven, readPageSize, requestedPageSize } from "../arguments/page-size";
import { readWhere, type WhereInput, whereType } from "../arguments/where-argument";
import { type ArgumentSpec, declareQuery, Int } from "../declare";
import type { GraphSnapshot } from "../graph-access";
import type { Meter } from "../limits/meter";
import { type PromiseOrValue, whenReady } from "../promise-or-value";
import { maxPlace, placeAfter, type SearchKey, SearchResults } from "../search-results";
import { searchConnection, searchKind, searchSuggestion } from "../types/search-types";

/** What a search of a few words and a look for names take in a bank of a few thousand questions. */
const [typicalSearch, typicalSuggest] = [50, 20];

/** Finding nodes by what people type. */
export class SearchQueries {}

interface SearchArguments {
  readonly text: string;
  readonly kinds?: readonly NodeKind[] | null;
  readonly where?: WhereInput | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly reveal: boolean;
}

const text: ArgumentSpec = {
  type: () => String,
  required: true,
  description:
    "What to look for, at most 200 characters: names, abbreviations or a phrase. No sign in it is a command.",
};

const kinds: ArgumentSpec = {
  type: () => [searchKind],
  description: "Which kinds of nodes to find; all of them unless said, and none for an empty list.",
};

const first: ArgumentSpec = { type: () => Int, description: "How many to give, from 1 to 100; 20 unless said." };

declareQuery(SearchQueries, "search", {
  type: () => searchConnection,
  description:
    "Nodes that a text is about, the best first: by names, abbreviations, other forms and near misspellings.",
  args: {
    text,
    kinds,
    where: {
      type: () => whereType("Question"),
      description: "Which questions to keep; with it, only questions are found.",
    },
    first,
    after: {
      type: () => String,
      description: "Go on after this cursor of the same search; refused once something has been published.",
    },
    reveal: {
      type: () => Boolean,
      required: true,
      defaultValue: false,
      description: "Whether to look into hints, criteria and answers too, and show what is found there.",
    },
  },
  cost: { times: requestedPageSize, base: typicalSearch },
  resolve: (_root, args: SearchArguments, { links, snapshot, report }) =>
    whenReady(readWhere("Question", args.where, links), (where) =>
      whenReady(snapshot(), (current) =>
        whenReady(current.indexes(), (indexes) => search(args, where, current, indexes.search, report.meter)),
      ),
    ),
});

declareQuery(SearchQueries, "suggest", {
  type: () => [searchSuggestion],
  description: "Titles and aliases that go on from what was typed so far, the best first, for a search box.",
  args: { text, kinds, first },
  cost: { times: requestedPageSize, base: typicalSuggest },
  resolve: (_root, { text, kinds, first }: SearchArguments, { snapshot, report }) =>
    whenReady(snapshot(), ({ indexes, view }) =>
      whenReady(indexes(), ({ search: index }) => {
        const query = { text, max: readPageSize("first", first), ...(kinds && { kinds }) };
        return whenReady(paced(index.suggest(query, view)), (found) => {
          report.meter.objects(found.length);
          return found.map(({ id, name }) => ({ name, node: view.node(id) }));
        });
      }),
    ),
});

function search(
  args: SearchArguments,
  where: Where | undefined,
  snapshot: GraphSnapshot,
  index: Searching,
  meter: Meter,
): PromiseOrValue<SearchResults> {
  const size = readPageSize("first", args.first);
  const kinds = kindsAskedFor(args);
  const key: SearchKey = { text: args.text, kinds, where, reveal: args.reveal };
  const start = isGiven(args.after) ? placeAfter(args.after, key, snapshot) : 0;
  const page = Math.min(size, maxPlace - start);
  const query = {
    text: args.text,
    max: Math.min(start + size + 1, maxPlace),
    reveal: args.reveal,
    ...(kinds && { kinds }),
    ...(where && { keep: questionsIn(where, snapshot) }),
  };
  return whenReady(paced(index.search(query, snapshot.view)), (found) => {
    meter.objects(Math.max(0, Math.min(page, found.hits.length - start)));
    return new SearchResults(found, snapshot, key, start, page);
  });
}

function kindsAskedFor({ kinds, where }: SearchArguments): readonly NodeKind[] | null {
  if (!where) return kinds ?? null;
  if (kinds?.some((kind) => kind !== "Question"))
    throw new DomainError("INVALID_ARGUMENT", "where keeps questions, so kinds can name no others beside it.");
  return ["Question"];
}

function questionsIn(where: Where, { view }: GraphSnapshot): (id: NodeId) => boolean {
  const { nodes } = view.list({ kind: "Question", where, first: Number.MAX_SAFE_INTEGER });
  const ids = new Set(nodes.map(({ id }) => id));
  return (id) => ids.has(id);
}
