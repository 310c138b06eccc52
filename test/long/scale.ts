/** How much of each full figure is run: 1 for all, as `npm run test:long` does. Unset in ordinary runs. */
const long = process.env["FULCRUM_TEST_LONG"];

/** What this run does of a full figure; ordinary runs do a tenth, unless told what they do. */
export const share = (full: number, ordinary = Math.ceil(full / 10)): number =>
  long === undefined ? ordinary : Math.ceil(full * Number(long));

/** More than an ordinary run. */
export const isLong = long !== undefined;
