import type { LiveDumpPart } from "../domain/backup/dump";

/** How far long work is, in whatever it counts. */
export type OnProgress = (step: { readonly done: number; readonly total: number }) => void;

/** Tells how far a dump is, in items and entries of the log, while it passes through. */
export async function* reported<P extends LiveDumpPart>(
  parts: AsyncIterable<P>,
  onProgress: OnProgress,
): AsyncIterable<P> {
  let total = 0;
  let done = 0;
  for await (const part of parts) {
    if ("expected" in part) total = part.expected;
    const more = countIn(part);
    // More may have been written since they were counted.
    total = Math.max(total, (done += more));
    if (more > 0 && done < total) onProgress({ done, total });
    yield part;
  }
  onProgress({ done: total, total });
}

function countIn(part: LiveDumpPart): number {
  if ("items" in part) return part.items.length;
  if ("entries" in part) return part.entries.length;
  return "laterEntries" in part ? part.laterEntries.length : 0;
}
