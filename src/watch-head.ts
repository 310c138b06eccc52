import { setTimeout as wait } from "node:timers/promises";
import type { CommitFeed } from "./domain/graph/commit-feed";

/** Looks for commits every so often while somebody waits for them, where no model follows the store. */
export async function watchHead(
  feed: CommitFeed,
  milliseconds: number,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  let last = 0;
  for (;;) {
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (!feed.isAwaited) continue;
    try {
      const head = await feed.newest();
      if (head < last) feed.replaced(head);
      last = head;
    } catch (error) {
      failed(error);
    }
  }
}
