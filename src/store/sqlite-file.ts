/**
 * Returns the path in the URL of a SQLite store, such as `bank.db` for `sqlite:bank.db`. Returns null for other stores.
 */
export const sqliteFile = ({ url }: { readonly url: string }): string | null =>
  url.startsWith("sqlite:") ? url.slice("sqlite:".length) : null;
