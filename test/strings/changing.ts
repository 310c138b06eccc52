import type { GraphQLSchema } from "graphql";
import type { Asker } from "./asking";
import { type Args, changeSet } from "./base-calls";
import { type FieldCall, requestOf } from "./calls";
import { hostileTexts, poolOf } from "./hostile-texts";
import { dressed, valueAt, withValue } from "./places-in-calls";
import { type ReadyPlace, standsAlone } from "./reading";
import { nameOf } from "./text-places";

interface Payload {
  readonly changeSet: {
    readonly id: string;
    readonly title: string;
    readonly comments: readonly { readonly text: string }[];
  } | null;
  readonly changes: readonly { readonly after: unknown }[];
  readonly userErrors: readonly { readonly code: string }[];
}

const selection = "{ changeSet { id title comments { text } } changes(first: 100) { after } userErrors { code path } }";
/** Places whose texts are kept as they are, if they are taken. */
const kept =
  /^Mutation\.(\w+ChangeSet|requestChanges)\((title|comment)\)|^Mutation\.(rename\(slug|link\(properties\.(reason|ask|where|locator))\)/;
const mostAtOnce = 5;

/**
 * Puts so many texts into each place of a mutation, each field having a change set of its own. What is taken has to be
 * in the answer as it was sent; one key stands for one change set, however alike others look.
 */
export async function changeEach(
  { schema, asker }: { readonly schema: GraphQLSchema; readonly asker: Asker },
  places: readonly ReadyPlace[],
  count: number,
  seed: number,
): Promise<void> {
  const texts = hostileTexts(poolOf(count), seed);
  const drafts = new Map<string, string>();
  const keys = new Map<string, string>();
  for (const [index, place] of places.entries()) {
    const draft = drafts.get(place.field) ?? (await opened(asker));
    drafts.set(place.field, draft);
    const base = filled(place, draft);
    const calls = Array.from({ length: count }, (_, turn) => {
      const text = dressed(texts[(turn + index * 13) % texts.length]!, valueAt(base, place.path), turn);
      return { text, call: { field: place.field, args: withValue(base, place.path, text) } };
    });
    await send([{ text: "", call: { field: place.field, args: base } }]);
    const short = calls.filter(({ text }) => !standsAlone(text));
    for (let at = 0; at < short.length; at += mostAtOnce) await send(short.slice(at, at + mostAtOnce));
    for (const alone of calls.filter(({ text }) => standsAlone(text))) await send([alone]);

    async function send(some: readonly { readonly text: string; readonly call: FieldCall }[]): Promise<void> {
      const { data } = await asker.ask(
        requestOf(
          schema,
          some.map(({ call }) => call),
          selection,
        ),
      );
      some.forEach(({ text }, alias) => {
        const payload = data?.[`a${alias}`] as Payload | null | undefined;
        if (payload && payload.userErrors.length === 0 && text !== "") judge(place, text, payload);
      });
    }
  }

  function judge(place: ReadyPlace, text: string, payload: Payload): void {
    const { changeSet: set, changes } = payload;
    const values = [
      set?.title,
      ...(set?.comments ?? []).map((comment) => comment.text),
      ...changes.map(({ after }) => after),
    ];
    if (kept.test(nameOf(place)) && !values.includes(text))
      asker.faults.push(
        `${nameOf(place)} has not kept ${JSON.stringify(text)}: ${JSON.stringify(values).slice(0, 1_000)}`,
      );
    if (nameOf(place) !== "Mutation.openChangeSet(idempotencyKey)" || !set) return;
    const known = keys.get(set.id);
    if (known !== undefined && known !== text)
      asker.faults.push(`The keys ${JSON.stringify(known)} and ${JSON.stringify(text)} are taken for one.`);
    keys.set(set.id, text);
  }
}

/** The call with its change set, and without a key unless that is where texts go. */
function filled({ base, path }: ReadyPlace, draft: string): Args {
  const entries = Object.entries(base).map(([name, value]) => [name, value === changeSet ? draft : value]);
  return Object.fromEntries(entries.filter(([name]) => name !== "idempotencyKey" || path[0] === name)) as Args;
}

/** The id of a change set that is open, with nothing in it. */
export async function opened(asker: Asker): Promise<string> {
  const { data } = await asker.ask({
    query: 'mutation { it: openChangeSet(title: "Base") { changeSet { id } } }',
    variables: {},
  });
  return (data?.["it"] as { changeSet: { id: string } }).changeSet.id;
}
