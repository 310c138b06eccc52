import type { ApiKey, KeyStore } from "../../domain/access/key-store";
import { DomainError } from "../../domain/errors";
import { compareText } from "../../domain/graph/order";

export function createMemoryKeys(): KeyStore {
  const kept = new Map<string, ApiKey>();
  const change = (id: string, changed: (key: ApiKey) => Partial<ApiKey>): boolean => {
    const key = kept.get(id);
    if (key) kept.set(id, Object.freeze({ ...key, ...changed(key) }));
    return key !== undefined;
  };
  return {
    async add(key) {
      if (kept.has(key.id)) throw new DomainError("INVALID_ARGUMENT", `There is an API key ${key.id} already.`);
      kept.set(key.id, Object.freeze({ ...key }));
    },
    key: async (id) => kept.get(id) ?? null,
    keys: async () =>
      [...kept.values()].sort((a, b) => compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id)),
    revoke: async (id, at) => change(id, ({ revokedAt }) => ({ revokedAt: revokedAt ?? at })),
    async used(id, at) {
      change(id, ({ lastUsedAt }) => (lastUsedAt === null || lastUsedAt < at ? { lastUsedAt: at } : {}));
    },
  };
}
