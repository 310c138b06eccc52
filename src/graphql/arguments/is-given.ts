/** Null means the same as leaving an argument out. */
export const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;
