import { setTimeout as wait } from "node:timers/promises";
import type { CommitFeed } from "./domain/graph/commit-feed";

/** Looks for commits every so often while somebody waits for them, where no model follows the store. */
export async function watchHead(
  feed: CommitFeed,
  milliseconds: number,
  signal: AbortSignal,
  failed: (error: unknown) => void,
): Promise<void> {
  for (;;) {
    await wait(milliseconds, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    if (feed.isAwaited) await feed.look().catch(failed);
  }
}
