import type { Database } from "../../src/domain/database";
import { buildSchema } from "../../src/graphql/build-schema";
import { commit } from "../builders/changes";
import { socketLimits } from "../../src/http/sockets";
import { listen, socketClient } from "../http/socket-client";
import { secondsSince, tell } from "../long/figures";
import { Asker } from "./asking";
import { bank } from "./bank";
import { drifted, restOf } from "./bank-state";
import { changeEach, opened } from "./changing";
import { hostileTexts } from "./hostile-texts";
import { askEach, countsOf, type ReadyPlace, readyPlaces } from "./reading";
import { saveInputs } from "./save-inputs";
import { keptTexts, Saving } from "./saving";
import { watchStatements } from "./statements";
import { nameOf, textPlaces } from "./text-places";

const schema = buildSchema();
const places = textPlaces(schema);

export interface Shares {
  /** How many texts each place of a query and of a mutation gets, and with how many each kind is saved. */
  readonly texts: number;
  /** One in so many places of a query is looked at where reads come from memory, whatever the store. */
  readonly memoryPlaces: number;
  /** How many each place of a query gets where reads come from the store. */
  readonly storeTexts: number;
  /** One in so many filters is looked at. */
  readonly filters: number;
}
/** Lends a migrated and empty store. */
type WithStore = (use: (store: Database) => Promise<void>) => Promise<void>;

/** What holds of every text argument over a store. */
export function testHostileTexts(
  name: string,
  withStore: WithStore,
  { texts, memoryPlaces, storeTexts, filters }: Shares,
): void {
  let started = 0;
  beforeEach(() => {
    started = performance.now();
  });
  const passed = (part: string, figures: Readonly<Record<string, number>>): void =>
    tell("Hostile texts", `${name}, ${part}`, { ...figures, seconds: secondsSince(started) });

  const queries = places
    .filter(({ field }) => !/^(Mutation|Subscription)\./.test(field))
    .filter(({ path }, index) => path[0] !== "where" || index % filters === 0);
  const mutations = places.filter(
    (place) =>
      place.field.startsWith("Mutation.") &&
      !Object.keys(saveInputs).some((kind) => place.field === `Mutation.save${kind}` && isKept(kind, place.path)),
  );

  it.each(["memory", "store"] as const)(
    "are taken or refused wherever a query takes text, with reads from %s",
    (read) =>
      withStore(async (store) => {
        await commit(store, bank);
        const asker = await Asker.over(store, read);
        const draft = await opened(asker);
        const some = read === "store" ? queries : queries.filter((_, index) => index % memoryPlaces === 0);
        const counts = countsOf(schema, readyPlaces(schema, some), read === "store" ? storeTexts : texts);
        const before = await restOf(store);
        await closing(asker, () => askEach({ schema, asker, draft }, counts, 1));
        expect(await restOf(store)).toEqual(before);
        passed(`queries from ${read}`, {
          places: some.length,
          "texts put there": [...counts.values()].reduce((sum, count) => sum + count, 0),
        });
      }),
  );

  it("are kept as sent or refused wherever a mutation takes the name of something, a title, a comment or a key", () =>
    withStore(async (store) => {
      await commit(store, bank);
      const before = await restOf(store);
      const asker = await Asker.over(store, "memory");
      await closing(asker, () => changeEach({ schema, asker }, readyPlaces(schema, mutations), texts, 2));
      expect(await restOf(store)).toEqual(before);
      expect(await drifted(store)).toEqual([]);
      passed("mutations", { places: mutations.length, "texts put there": mutations.length * texts });
    }));

  it("are kept as sent or refused at their place wherever a node is saved", () =>
    withStore(async (store) => {
      await commit(store, bank);
      const before = await restOf(store);
      const asker = await Asker.over(store, "memory");
      const savings = Object.keys(saveInputs).map((kind) => new Saving(kind, asker, places));
      await closing(asker, async () => {
        for (const saving of savings) await saving.run(texts, 3);
        const again = await Asker.over(store, "store");
        for (const saving of savings) expect(await saving.read(again)).toEqual(saving.expected());
        await again.close();
      });
      for (const { counts } of savings) expect(counts.taken).toBeGreaterThan(counts.refused / 4);
      expect(await restOf(store)).toEqual(before);
      expect(await drifted(store)).toEqual([]);
      passed("saves", {
        "nodes that were taken": savings.reduce((sum, { counts }) => sum + counts.taken, 0),
        "nodes that were refused": savings.reduce((sum, { counts }) => sum + counts.refused, 0),
      });
    }));

  it("leave the statements that the store is asked as they are", () =>
    withStore(async (store) => {
      await commit(store, bank);
      const asker = await Asker.over(store, "store");
      const some = readyPlaces(schema, [...queries, ...mutations]).filter((_, index) => index % 17 === 0);
      const [reads, writes] = [some.filter((place) => !isMutation(place)), some.filter(isMutation)];
      const ask = async (seed: number) => {
        const draft = await opened(asker);
        await askEach({ schema, asker, draft }, countsOf(schema, reads, 20), seed);
        await changeEach({ schema, asker }, writes, 20, seed);
        await new Saving("Concept", asker, places).run(20, seed);
      };
      await closing(asker, async () => {
        const catalogue = watchStatements();
        await ask(4);
        const first = new Set(catalogue.texts);
        await ask(5);
        catalogue.stop();
        expect(first.size).toBeGreaterThan(20);
        expect([...catalogue.texts].filter((text) => !first.has(text))).toEqual([]);
      });
    }));

  it("are taken or refused by subscriptions", () =>
    withStore(async (store) => {
      await commit(store, bank);
      const asker = await Asker.over(store, "memory");
      const client = socketClient(asker.app);
      const [refusals, closings] = [new Set<string>(), new Set<string>()];
      await closing(asker, async () => {
        const places = (text: string) => [{ ids: [text, "Question:q0"] }, { afterHash: text }];
        for (const variables of [...hostileTexts(texts, 6)].flatMap(places)) {
          const events = listen(
            client,
            "subscription ($ids: [ID!], $afterHash: String) { bankChanged(after: 0, afterHash: $afterHash, ids: $ids) { revision } }",
            variables,
          );
          const outcome = await events.next().catch((error: Error) => error);
          const isTooLong = Buffer.byteLength(JSON.stringify(variables)) > socketLimits.messageBytes;
          if (outcome instanceof Error)
            (isTooLong ? closings : refusals).add(/"code":"(\w+)"/.exec(outcome.message)?.[1] ?? outcome.message);
          await events.stop();
        }
        await client.dispose();
      });
      expect([...refusals].sort()).toEqual(["BAD_USER_INPUT", "CONFLICT"]);
      // A message that is larger than one may be ends the socket.
      for (const each of closings) expect(each).toBe("The socket was closed with 1009.");
      passed("subscriptions", { places: 2, "texts put there": texts });
    }));
}

/** Each place of the schema is one of those that are looked at. */
export const placesWithoutCall = (): readonly string[] =>
  places.flatMap((place) => {
    try {
      readyPlaces(schema, [place]);
      return [];
    } catch {
      return [nameOf(place)];
    }
  });

const isMutation = ({ field }: ReadyPlace): boolean => field.startsWith("Mutation.");
const isKept = (kind: string, path: readonly string[]): boolean =>
  keptTexts(places, kind).some((kept) => ["input", ...kept].join(".") === path.join("."));

async function closing(asker: Asker, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } finally {
    await asker.close();
  }
  expect(asker.faults).toEqual([]);
}
