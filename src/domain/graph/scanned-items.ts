import type { ScanItem } from "./port";

/** The items of the pages of a scan one by one, where it does not matter how long each takes. */
export async function* scannedItems(pages: AsyncIterable<readonly ScanItem[]>): AsyncIterable<ScanItem> {
  for await (const page of pages) yield* page;
}
