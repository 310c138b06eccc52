import type { ApiKey, KeyStore } from "../domain/access/key-store";

const pauseMilliseconds = 60_000;

export interface UseRecorder {
  /** Returns at once; what was written less than a minute ago is not written again. */
  record(key: ApiKey, at: Date): void;
  /** Ends when nothing is being written. */
  settled(): Promise<void>;
}

/** Writes when keys were last used, beside the requests that use them: none waits for it or fails with it. */
export function createUseRecorder(keys: KeyStore, onLost: (error: unknown) => void): UseRecorder {
  /** When a key's use was last sent to the store, by its id; the store may not have it yet. */
  const sent = new Map<string, number>();
  const writing = new Set<Promise<void>>();
  return {
    record: ({ id, lastUsedAt }, at) => {
      const known = lastUsedAt === null ? 0 : Date.parse(lastUsedAt);
      if (at.getTime() - Math.max(known, sent.get(id) ?? 0) < pauseMilliseconds) return;
      sent.set(id, at.getTime());
      const written: Promise<void> = keys
        .used(id, at.toISOString())
        .catch(onLost)
        .finally(() => writing.delete(written));
      writing.add(written);
    },
    settled: async () => void (await Promise.all(writing)),
  };
}
