/** Today in UTC, `YYYY-MM-DD`: whether evidence is stale depends on it. */
export const currentDay = (): string => new Date().toISOString().slice(0, 10);
