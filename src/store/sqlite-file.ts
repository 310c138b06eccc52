import type { StoreAddress } from "./open-store";

/** The path of the file that an address names; null for other stores. */
export const sqliteFile = ({ url }: Pick<StoreAddress, "url">): string | null =>
  url.startsWith("sqlite:") ? url.slice("sqlite:".length) : null;
