import { commits } from "./cases/commits";
import { composing } from "./cases/composing";
import { counts } from "./cases/counts";
import { derived } from "./cases/derived";
import { drafts } from "./cases/drafts";
import { expectedRevision } from "./cases/expected-revision";
import { facets } from "./cases/facets";
import { filters } from "./cases/filters";
import { history } from "./cases/history";
import { hubs } from "./cases/hubs";
import { idempotency } from "./cases/idempotency";
import { keys } from "./cases/keys";
import { lastChanges } from "./cases/last-changes";
import { lists } from "./cases/lists";
import { log } from "./cases/log";
import { mentions } from "./cases/mentions";
import { neighbours } from "./cases/neighbours";
import { nodes } from "./cases/nodes";
import { orders } from "./cases/orders";
import { prefetch } from "./cases/prefetch";
import { publishing } from "./cases/publishing";
import { readers } from "./cases/readers";
import { removal } from "./cases/removal";
import { rename } from "./cases/rename";
import { scan } from "./cases/scan";
import { slugs } from "./cases/slugs";
import { store } from "./cases/store";
import { texts } from "./cases/texts";
import type { ContractCase } from "./contract-case";

/** What every store promises. */
export const contractCases: readonly ContractCase[] = [
  nodes,
  texts,
  slugs,
  neighbours,
  prefetch,
  derived,
  lists,
  orders,
  filters,
  counts,
  facets,
  commits,
  idempotency,
  expectedRevision,
  rename,
  removal,
  mentions,
  log,
  history,
  lastChanges,
  scan,
  readers,
  store,
  hubs,
  composing,
  keys,
  drafts,
  publishing,
].flat();
