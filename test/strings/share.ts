export const isLong = process.env["FULCRUM_TEST_LONG"] === "1";

/** The full figure with FULCRUM_TEST_LONG=1, else a tenth of it, and never none. */
export const share = (full: number): number => (isLong ? full : Math.max(1, Math.round(full / 10)));
