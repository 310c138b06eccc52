const { FULCRUM_TEST_LONG } = process.env;

/** Whether the full figures are run, as `npm run test:long` does. */
const isLong = FULCRUM_TEST_LONG === "1";

/** What this run does of a full figure: all of it, or a tenth in ordinary runs. */
export const share = (full: number): number => (isLong ? full : Math.ceil(full / 10));

/** How long a test that runs a share may take. */
export const patienceMilliseconds = isLong ? 3_600_000 : 300_000;
