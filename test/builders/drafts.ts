import type { Draft } from "../../src/domain/drafts/draft-store";

/** A new draft, at version 1. */
export const aDraft = (given: Partial<Draft> & Pick<Draft, "id">): Draft => ({
  title: "Explain recall",
  author: "key:ada",
  authorName: "Ada",
  status: "OPEN",
  version: 1,
  createdAt: "2026-03-01T12:00:00.000Z",
  updatedAt: "2026-03-01T12:00:00.000Z",
  changes: [],
  base: {},
  comments: [],
  publishedAs: null,
  ...given,
});

/** The draft as it is saved next. */
export const revised = (draft: Draft, changed: Partial<Draft>): Draft => ({
  ...draft,
  version: draft.version + 1,
  ...changed,
});
