/** From and to, both included; no `most` where there is no upper bound. */
export type CountRange = readonly [min: number, max?: number];

export const isWithin = (count: number, [min, max = Infinity]: CountRange): boolean => count >= min && count <= max;

/** `2 to 6`, `at least 3` or `at most 3`, for messages. */
export const rangeText = ([min, max]: CountRange): string =>
  max === undefined ? `at least ${min}` : min === 0 ? `at most ${max}` : `${min} to ${max}`;
