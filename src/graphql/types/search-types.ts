import type { NodeKind } from "../../domain/ontology/node-kinds";
import { nodeKinds } from "../../domain/ontology/node-kinds";
import type { Highlight, Piece } from "../../search/highlight";
import { searchedKinds } from "../../search/searched-texts";
import { declareField, declareObject, Float } from "../declare";
import type { SearchEdge, SearchFacet, SearchResults } from "../search-results";
import { pageInfo } from "./connection-types";
import { constantCase, namedEnum } from "./enum-types";
import { facet } from "./facet-types";
import { Node } from "./node-types";
import { NonNegativeInt } from "./scalars";

/** `TradeOff` as `TRADE_OFF`. */
const kindName = (kind: NodeKind): string => constantCase(kind).slice(1);

export const searchKind = namedEnum(
  "SearchKind",
  Object.fromEntries(searchedKinds.map((kind) => [kindName(kind), kind])),
  Object.fromEntries(searchedKinds.map((kind) => [kindName(kind), nodeKinds[kind].description])),
  "The kinds of nodes that a search can find.",
);

const facetBy = namedEnum(
  "SearchFacet",
  { KIND: "kind", DIFFICULTY: "difficulty", FORMAT: "format", TOPICS: "topics" } satisfies Record<string, SearchFacet>,
  {
    KIND: "Count by kind, over everything that was found.",
    DIFFICULTY: "Count the questions that were found by how much experience they need.",
    FORMAT: "Count the questions that were found by the conversation they open.",
    TOPICS: "Count the questions that were found by topic; one counts for each of its topics.",
  },
  "What the hits of a search can be counted by.",
);

/** What it takes to look for passages in the texts of a hit. */
const typicalPassages = 10;

const piece = declareObject("TextPiece", "A stretch of plain text, to be shown as it is or marked; never HTML.");
declareField<Piece>(piece, "text", {
  type: () => String,
  description: "The characters themselves, to be escaped like any other text.",
});
declareField<Piece>(piece, "isMatch", {
  type: () => Boolean,
  description: "Whether these words are what the search was for, and so deserve a mark.",
});

const highlight = declareObject("SearchHighlight", "A passage of a field that shows why a node was found.");
declareField<Highlight>(highlight, "field", {
  type: () => String,
  description: "The name of the node's field in which the passage stands.",
});
declareField<Highlight>(highlight, "pieces", {
  type: () => [piece],
  description: "The passage cut where marks begin and end; put together, they are its text.",
  cost: { own: 0 },
});

const edge = declareObject("SearchEdge", "A hit: the node that was found, how well it fits and what shows it.");
declareField<SearchEdge>(edge, "cursor", {
  type: () => String,
  description: "Marks this place in the hits, to go on from with after, as long as nothing is published.",
});
declareField<SearchEdge>(edge, "score", {
  type: () => Float,
  description: "How well the node fits the text, from 0; comparable within one search only.",
});
declareField<SearchEdge>(edge, "node", {
  type: () => Node,
  description: "What was found; ask for the fields of a kind by a fragment on it.",
});
declareField<SearchEdge>(edge, "highlights", {
  type: () => [highlight],
  description: "A passage of each field that holds something of what was searched for, titles first.",
  resolve: (hit, _args, context) => hit.highlights(context),
  cost: { own: 0, base: typicalPassages },
});

export const searchConnection = declareObject(
  "SearchConnection",
  "A page of what a search found, the best first; equal scores are ordered by id.",
);
declareField<SearchResults>(searchConnection, "edges", {
  type: () => [edge],
  description: "The page's hits in order, each with its score and highlights.",
  cost: { own: 0 },
});
declareField<SearchResults>(searchConnection, "nodes", {
  type: () => [Node],
  description: "The page's nodes in order, for when scores and highlights are not needed.",
  cost: { own: 0 },
});
declareField<SearchResults>(searchConnection, "pageInfo", {
  type: () => pageInfo,
  description:
    "Where the page begins and ends, and whether more hits lie beyond; the first thousand can be paged through.",
  cost: { own: 0 },
});
declareField<SearchResults>(searchConnection, "totalCount", {
  type: () => NonNegativeInt,
  description: "How many nodes were found in all, on every page.",
});
declareField<SearchResults>(searchConnection, "didYouMean", {
  type: () => String,
  nullable: true,
  description: "The text with words mended that no node holds, which is what was searched for; null without any.",
});
declareField<SearchResults>(searchConnection, "facets", {
  type: () => [facet],
  description: "Values with the number of hits that have them, over every page; most frequent first.",
  args: { by: { type: () => facetBy, required: true, description: "The property of hits whose values are counted." } },
  resolve: (results, { by }: { by: SearchFacet }) => results.facets(by),
  cost: { times: 20 },
});

export const searchSuggestion = declareObject(
  "SearchSuggestion",
  "A name that goes on from what was typed, and whose it is.",
);
declareField(searchSuggestion, "name", {
  type: () => String,
  description: "The title or the alias that goes on from the text, for the line in a search box.",
});
declareField(searchSuggestion, "node", {
  type: () => Node,
  description: "The node of that name, to go to it without a search.",
});
