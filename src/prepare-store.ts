import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import type { Config } from "./config";
import { seedIfEmpty } from "./content/seed-if-empty";
import { DomainError } from "./domain/errors";
import type { GraphStore } from "./domain/graph/port";

const pauseMilliseconds = 200;

/**
 * Brings the store into the state that serving needs: set up and upgraded (unless told not to), and filled from the seed
 * if empty; then calls `open`, which `signal` ends. A store that cannot be reached is tried again until it can or `signal`
 * fires. Throws for what waiting cannot mend.
 */
export async function prepareStore(
  store: GraphStore,
  config: Config,
  logger: Logger,
  signal: AbortSignal,
  open: () => Promise<void>,
): Promise<void> {
  for (let told = false; !signal.aborted;) {
    try {
      if (config.migrate) await store.migrate();
      await store.ping();
      if (config.seedFolder !== null) {
        const onCommit = (progress: { done: number; total: number }) =>
          logger.info(progress, "filling the empty store");
        await seedIfEmpty(store, config.seedFolder, { onCommit });
      }
      return await open();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DomainError)) throw unreadable(error, logger);
      if (!["STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"].includes(error.code)) throw error;
      if (!told) logger.warn({ err: error }, "the store cannot be reached; trying again until it can");
      told = true;
      await wait(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** What a store is that was opened, and holds something that no program of ours can have written. */
function unreadable(cause: unknown, logger: Logger): DomainError {
  logger.debug({ err: cause }, "the store cannot be read");
  const message = cause instanceof Error ? cause.message : String(cause);
  return new DomainError(
    "STORE_UNUSABLE",
    `The store holds what cannot be read (${message}). "fulcrum verify" names what is damaged; restore it from a backup.`,
    { cause },
  );
}
