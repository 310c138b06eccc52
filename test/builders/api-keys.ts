import type { ApiKey } from "../../src/domain/access/key-store";

export const anApiKey = (given: Partial<ApiKey> & Pick<ApiKey, "id">): ApiKey => ({
  name: "Ada's laptop",
  role: "AUTHOR",
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  createdAt: "2026-03-01T12:00:00.000Z",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  ...given,
});
