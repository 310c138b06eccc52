import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { GraphQLObjectType } from "graphql";
import { load } from "../../../bench/load";
import { seedIfEmpty } from "../../../src/content/seed-if-empty";
import type { Database } from "../../../src/domain/database";
import { buildSchema } from "../../../src/graphql/build-schema";
import type * as Numbered from "../../../src/domain/graph/paths/numbered";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { tell } from "../../long/figures";
import { isLong } from "../../long/scale";
import { openStore } from "../../../src/store/open-store";
import { Counter, unitsOf } from "./counted-work";
import { dearestMutations, type OpenChangeSets } from "./dearest-mutations";
import { type DearestOperation, dearestOperations, hubsOf } from "./dearest-operations";
import { type ServedBank, servedBank } from "./served-bank";

const root = path.resolve(__dirname, "../../..");
/** Times the work for a unit that the mission walk does. */
const max = 3;

const counter = new Counter();
// Long lists are numbered once for as long as they last, and walked by number.
const mockItems = counter.items;
jest.mock("../../../src/domain/graph/paths/numbered", () => {
  const actual = jest.requireActual<typeof Numbered>("../../../src/domain/graph/paths/numbered");
  return {
    ...actual,
    numbered: (...args: Parameters<typeof actual.numbered>) => {
      mockItems(args[0].length);
      return actual.numbered(...args);
    },
  };
});

beforeAll(() => counter.watch());
afterAll(() => counter.stop());

/** The one that `npm run bench -- cost` uses too: to load it takes minutes. */
async function thousands(): Promise<Database> {
  const folder = path.join(root, ".cache", "bench");
  mkdirSync(folder, { recursive: true });
  const store = await openStore({
    url: `sqlite:${path.join(folder, "3000.db")}`,
    user: "",
    password: "",
    database: "",
  });
  await load(store, 3_000);
  return store;
}

async function seed(): Promise<Database> {
  const store = createMemoryStore();
  await seedIfEmpty(store, path.join(root, "seed"));
  return store;
}

const banks: Readonly<Record<string, () => Promise<Database>>> = {
  "the seed": seed,
  ...(isLong && { "3,000 questions": thousands }),
};

/** Of each operation the work for a unit of cost, and of which field it is. */
interface Worked {
  readonly operation: string;
  readonly field: string;
  readonly perUnit: number;
  readonly error: string;
}

const turns = 3;

/** Whether a request was to end so: at its limit, where it has worked most, since it names what is not there, or is about too large a bank. */
const isMeant = ({ operation, error }: Worked): boolean =>
  error === "" ||
  error.startsWith("The answer comes to a cost of more than") ||
  (operation.endsWith("not there") && error.startsWith("There is no ")) ||
  (operation === "lint" && error.startsWith("lint judges up to "));

async function workedFor({ ask }: ServedBank, operation: DearestOperation): Promise<Worked> {
  // What a revision remembers is found by the first.
  await ask(operation, 1_000);
  let [units, cost, error] = [0, 0, ""];
  for (let turn = 0; turn < turns; turn++) {
    counter.take();
    const answer = await ask(operation, turn);
    [units, cost, error] = [units + unitsOf(counter.take(), answer.data), cost + answer.actual, answer.error];
  }
  const { field, about } = operation;
  return { operation: `${field} ${about}`.trim(), field, perUnit: units / cost, error };
}

/** Work for a unit over the whole of a backlog. */
async function workedForEvents({ follow, model }: ServedBank, selection: string): Promise<Worked> {
  const events = await follow(`subscription { bankChanged(after: 0) { ${selection} } }`);
  counter.take();
  let units = 0;
  for (let revision = 1; revision <= model.revision; revision++) {
    const { data, errors } = await events.next();
    expect(errors).toBeUndefined();
    units += unitsOf(counter.take(), data);
  }
  await events.end();
  return { operation: `bankChanged ${selection}`, field: "bankChanged", perUnit: units / events.charged, error: "" };
}

async function openChangeSets({ ask }: ServedBank): Promise<OpenChangeSets> {
  const idOf = async (mutation: string): Promise<string> => {
    const query = `mutation { opened: ${mutation} { changeSet { id } userErrors { message } } }`;
    const { data } = await ask({ field: "", about: "", query, variables: () => ({}), needsKey: true }, 0);
    return (data as { opened: { changeSet: { id: string } } }).opened.changeSet.id;
  };
  return {
    large: await idOf("revert(revision: 1, leaveConflicts: true)"),
    empty: await idOf('openChangeSet(title: "Nothing")'),
  };
}

describe.each(Object.keys(banks))("on %s", (name) => {
  let store: Database;
  let bank: ServedBank;
  let walk: Worked;
  beforeAll(async () => {
    store = await banks[name]!();
    bank = await servedBank(counter.over(store));
    const tradeOffs = hubsOf(bank.model, "TradeOff").map((id) => id.slice("TradeOff:".length));
    walk = await workedFor(bank, {
      field: "tradeOff",
      about: "of the mission walk",
      query: readFileSync(path.join(root, "test", "operations", "mission-walk.graphql"), "utf8"),
      variables: (turn) => ({ slug: tradeOffs[turn] }),
    });
  });
  afterAll(() => store.close());

  /** Every field of the root type has a case, and none of these does more work for a unit than three times the walk. */
  function expectFair(type: GraphQLObjectType | null | undefined, found: readonly Worked[]): void {
    const fields = Object.keys(type?.getFields() ?? {});
    expect(fields.filter((field) => !found.some((each) => each.field === field))).toEqual([]);
    // A case that is refused for something else would prove nothing.
    expect([walk, ...found].filter((each) => !isMeant(each))).toEqual([]);
    expect(found.filter(({ perUnit }) => perUnit > max * walk.perUnit)).toEqual([]);
    const largest = Math.max(...found.map(({ perUnit }) => perUnit / walk.perUnit));
    tell("Work for a unit of cost", name, { [`${type?.name}, percent of the walk's`]: Math.round(largest * 100) });
  }

  it("no query does more work for a unit of cost than three times the mission walk", async () => {
    const found = [];
    for (const operation of dearestOperations(bank.model)) found.push(await workedFor(bank, operation));
    expectFair(buildSchema().getQueryType(), found);
  });

  it("no event of a subscription does", async () => {
    const found = [];
    for (const selection of ["title", "nodes(first: 100) { changeType }", "changes(first: 500) { field }"])
      found.push(await workedForEvents(bank, selection));
    expectFair(buildSchema().getSubscriptionType(), found);
  });

  it("no mutation does", async () => {
    const found = [];
    for (const operation of dearestMutations(bank.model, await openChangeSets(bank)))
      found.push(await workedFor(bank, operation));
    expectFair(buildSchema().getMutationType(), found);
  });
});
