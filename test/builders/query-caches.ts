import { cacheSizes } from "../../src/cache-budgets";
import { createQueryCaches } from "../../src/graphql/query-caches";

/** The caches of a server of its own; it keeps no answers unless told how many bytes of them. */
export const queryCaches = (answers = 0) => createQueryCaches({ ...cacheSizes, answers });
