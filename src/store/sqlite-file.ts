/** The path of the file that an address names; null for other stores. */
export const sqliteFile = ({ url }: { readonly url: string }): string | null =>
  url.startsWith("sqlite:") ? url.slice("sqlite:".length) : null;
