/** From and to, both included; no `most` where there is no upper bound. */
export type CountRange = readonly [least: number, most?: number];

export const isWithin = (count: number, [least, most = Infinity]: CountRange): boolean =>
  count >= least && count <= most;

/** `2 to 6`, `at least 3` or `at most 3`, for messages. */
export const rangeText = ([least, most]: CountRange): string =>
  most === undefined ? `at least ${least}` : least === 0 ? `at most ${most}` : `${least} to ${most}`;
