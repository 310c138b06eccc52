import type { GraphQLObjectType, GraphQLSchema } from "graphql";
import type { Asker } from "./asking";
import { type Args, baseCalls, changeSet, cursor, refusedAlways } from "./base-calls";
import { type FieldCall, literalRequestOf, requestOf } from "./calls";
import { hostileTexts, poolOf } from "./hostile-texts";
import { dressed, valueAt, withValue } from "./places-in-calls";
import { isLong } from "../long/scale";
import { nameOf, type TextPlace } from "./text-places";

/** A place, and the call into which a text is put there. */
export interface ReadyPlace extends TextPlace {
  readonly base: Args;
}

/** The places with their calls; throws with the names of those for which no call holds a text. */
export function readyPlaces(schema: GraphQLSchema, places: readonly TextPlace[]): readonly ReadyPlace[] {
  const ready = places.map((place) => ({
    ...place,
    base: baseCalls(schema, place.field).find((args) => valueAt(args, place.path) !== undefined),
  }));
  const missing = ready.filter(({ base }) => !base).map(nameOf);
  if (missing.length > 0) throw new Error(`No base call holds a text at ${missing.join(", ")}.`);
  return ready as readonly ReadyPlace[];
}

/**
 * How many texts each place gets: `full` of them. A condition of a filter is read by the same code in whatever field and
 * group it stands, so that these share theirs: in a long run all places of the condition, else one of them.
 */
export function countsOf(
  schema: GraphQLSchema,
  places: readonly ReadyPlace[],
  full: number,
): ReadonlyMap<ReadyPlace, number> {
  const shared = new Map<string, ReadyPlace[]>();
  for (const place of places) {
    const key = place.path[0] === "where" ? `${whereType(schema, place.field)} ${conditionOf(place)}` : nameOf(place);
    shared.set(key, [...(shared.get(key) ?? []), place]);
  }
  const counts = new Map<ReadyPlace, number>();
  [...shared.values()].forEach((same, turn) => {
    const some = isLong ? same : [same[turn % same.length]!];
    for (const place of some) counts.set(place, Math.ceil(full / some.length));
  });
  return counts;
}

const conditionOf = ({ path }: TextPlace): string => path.filter((name) => name !== "any" && name !== "not").join(".");

function whereType(schema: GraphQLSchema, field: string): string {
  const [owner, name] = field.split(".") as [string, string];
  const args = (schema.getType(owner) as GraphQLObjectType).getFields()[name]?.args ?? [];
  return String(args.find((arg) => arg.name === "where")?.type);
}

/** Base calls, with what stands for cursors and the change set put in. Each is asked, and has to be right. */
export class BaseCalls {
  private readonly known = new Map<string, Promise<Args>>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly asker: Asker,
    private readonly draft: string,
  ) {}

  of(place: ReadyPlace): Promise<Args> {
    const { field, base } = place;
    if (refusedAlways.has(nameOf(place))) return Promise.resolve(base);
    const key = `${field} ${JSON.stringify(base)}`;
    const known = this.known.get(key);
    if (known) return known;
    const filled = this.filled(field, base);
    this.known.set(key, filled);
    return filled;
  }

  private async filled(field: string, base: Args): Promise<Args> {
    const entries = Object.entries(base).map(([name, value]) => [name, value === changeSet ? this.draft : value]);
    const args = Object.fromEntries(entries) as Args;
    const paged = Object.keys(args).find((name) => args[name] === cursor);
    if (paged) {
      const { [paged]: _, ...first } = args;
      const data = await this.data(field, first);
      const { endCursor } = (data as { pageInfo: { endCursor: string } }).pageInfo;
      return { ...args, [paged]: endCursor };
    }
    await this.data(field, args);
    return args;
  }

  private async data(field: string, args: Args): Promise<unknown> {
    const { data, errors } = await this.asker.ask(requestOf(this.schema, [{ field, args }]));
    if (errors) throw new Error(`The base call of ${field} is refused: ${JSON.stringify([args, errors])}`);
    const { a0 } = data as { a0: { it?: unknown } };
    return field.startsWith("Query.") || field.startsWith("Mutation.") ? a0 : a0.it;
  }
}

/** Such texts may have a whole request refused. */
export const standsAlone = (text: string): boolean => text.length > longText || !text.isWellFormed();

/** Scalars that refuse a variable, and with it all that is asked in the same request. */
const strict = (scalar: string): boolean => scalar !== "String" && scalar !== "ID";
const [mostAtOnce, longText, literalEvery] = [20, 1_000, 25] as const;

/** Puts so many texts into each place, and asks. What is asked with each is given to `answered`. */
export async function askEach(
  { schema, asker, draft }: { readonly schema: GraphQLSchema; readonly asker: Asker; readonly draft: string },
  counts: ReadonlyMap<ReadyPlace, number>,
  seed: number,
): Promise<void> {
  const bases = new BaseCalls(schema, asker, draft);
  const all = hostileTexts(poolOf(Math.max(...counts.values())), seed);
  const waiting: FieldCall[] = [];
  const send = async (calls: readonly FieldCall[]) =>
    void (calls.length > 0 && (await asker.ask(requestOf(schema, calls))));
  for (const [index, [place, count]] of [...counts].entries()) {
    const base = await bases.of(place);
    for (let turn = 0; turn < count; turn++) {
      const value = valueAt(base, place.path);
      const text = dressed(all[(turn + index * count) % all.length]!, value, turn);
      const call = { field: place.field, args: withValue(base, place.path, text) };
      if (turn % literalEvery === 0 && !standsAlone(text)) await asker.ask(literalRequestOf(schema, call));
      else if (strict(place.scalar) || standsAlone(text)) await send([call]);
      else if (waiting.push(call) === mostAtOnce) await send(waiting.splice(0));
    }
  }
  await send(waiting);
}
