import type { Asker } from "./asking";
import { type Args } from "./base-calls";
import { hostileTexts, poolOf } from "./hostile-texts";
import { valueAt, withValue } from "./places-in-calls";
import { saveInputs } from "./save-inputs";
import type { TextPlace } from "./text-places";

interface Change {
  readonly subject: string;
  readonly field: string | null;
  readonly after: unknown;
}
interface Payload {
  readonly revision: number | null;
  readonly changeSet: { readonly id: string } | null;
  readonly changes: readonly Change[];
  readonly userErrors: readonly { readonly code: string; readonly path: readonly (string | number)[] }[];
}

/** Slugs name things, and texts like them: another one would be another thing, or none. They are put in one by one elsewhere. */
const names: ReadonlySet<string> = new Set(["slug", "regime"]);

/** The places below `input` whose texts are kept with the node. */
export const keptTexts = (places: readonly TextPlace[], kind: string): readonly (readonly string[])[] =>
  places
    .filter(({ field, path, scalar }) => field === `Mutation.save${kind}` && path[0] === "input" && scalar !== "ID")
    .map(({ path }) => path.slice(1))
    .filter((path) => !names.has(path.at(-1)!));

const mostBytes = 100_000;
const changeSetEvery = 4;

/**
 * Saves a node again and again with a hostile text at each of its places. What is refused has to be so at its own place,
 * and is left out then; the rest has to be taken, to be all that changes, and to read back as it was sent.
 */
export class Saving {
  private input: Args;
  private readonly paths: readonly (readonly string[])[];
  /** How many texts were taken and refused. */
  readonly counts = { taken: 0, refused: 0 };

  constructor(
    private readonly kind: string,
    private readonly asker: Asker,
    places: readonly TextPlace[],
  ) {
    this.input = saveInputs[kind] as Args;
    this.paths = keptTexts(places, kind);
  }

  async run(count: number, seed: number): Promise<void> {
    const first = await this.save(this.input, null);
    if (first.userErrors.length > 0) throw new Error(`The base input is refused: ${JSON.stringify(first.userErrors)}`);
    // Halves of surrogate pairs have the whole request refused, and so are no matter of places.
    const texts = hostileTexts(poolOf(2 * count), seed).filter((text) => text.isWellFormed());
    for (let turn = 0; turn < count; turn++) {
      const textAt = (index: number) => texts[(turn + index * 7) % texts.length]!;
      await this.turn(
        turn,
        this.paths.map((path, index) => ({ path, text: textAt(index) })),
      );
    }
  }

  /** What a client reads of the node at each place, by the API. */
  async read(asker = this.asker): Promise<Args> {
    const field = `${this.kind.charAt(0).toLowerCase()}${this.kind.slice(1)}`;
    const { data } = await asker.ask({
      query: `{ it: ${field}(slug: "under-test") ${selection(this.paths.map(outputPath))} }`,
      variables: {},
    });
    const node = data?.["it"];
    return Object.fromEntries(this.paths.map((path) => [path.join("."), valueAt(node, outputPath(path))]));
  }

  /** What should be read of it. */
  expected(): Args {
    return Object.fromEntries(this.paths.map((path) => [path.join("."), valueAt(this.input, path)]));
  }

  private async turn(turn: number, wanted: readonly { path: readonly string[]; text: string }[]): Promise<void> {
    let put = wanted;
    while (JSON.stringify(put).length > mostBytes)
      put = put.toSorted((a, b) => a.text.length - b.text.length).slice(0, -1);
    const draft = turn % changeSetEvery === 0 ? await this.open(put[0]?.text ?? "") : null;
    for (;;) {
      const input = put.reduce(
        (all, { path, text }) => withValue(all, path, inPlace(path, text, turn)),
        saveInputs[this.kind] as Args,
      );
      const payload = await this.save(input, draft && draft.id);
      if (payload.userErrors.length === 0) {
        this.judge(input, payload);
        this.counts.taken += put.length;
        break;
      }
      const refused = put.filter(({ path }) => payload.userErrors.some((error) => isWithin(path, error.path)));
      this.counts.refused += refused.length;
      if (refused.length === 0)
        return this.fault(`refused at another place: ${JSON.stringify([payload.userErrors, put]).slice(0, 3_000)}`);
      put = put.filter((each) => !refused.includes(each));
    }
    if (draft) await this.publish(draft);
    const [read, expected] = [await this.read(), this.expected()];
    for (const [place, text] of Object.entries(expected))
      if (JSON.stringify(read[place]) !== JSON.stringify(text))
        this.fault(`${place} reads ${JSON.stringify(read[place])} and was ${JSON.stringify(text)}`);
  }

  /** The changes have to be those of the input and no others; links that texts make come on top. */
  private judge(input: Args, { changes }: Payload): void {
    const differing = this.paths.filter(
      (path) => JSON.stringify(valueAt(input, path)) !== JSON.stringify(valueAt(this.input, path)),
    );
    const own = changes.filter(({ subject }) => !subject.startsWith("MENTIONS "));
    for (const path of differing) {
      const value = valueAt(input, path);
      const at = path.includes("regimes") ? "regimes" : path.at(-1);
      if (!own.some(({ field, after }) => field === at && JSON.stringify(after).includes(JSON.stringify(value))))
        this.fault(`${path.join(".")} is not kept as sent: ${JSON.stringify([value, own]).slice(0, 2_000)}`);
    }
    if (own.length !== differing.length)
      this.fault(`more changed than was sent: ${JSON.stringify([differing, own]).slice(0, 3_000)}`);
    this.input = input;
  }

  private async save(input: Args, draft: string | null): Promise<Payload> {
    const { data } = await this.asker.ask({
      query: `mutation ($input: ${this.kind}Input!, $changeSet: ID) { it: save${this.kind}(input: $input, changeSet: $changeSet) {
        revision changeSet { id } changes(first: 100) { subject field after } userErrors { code path } } }`,
      variables: { input, changeSet: draft },
    });
    if (!data) throw new Error(this.asker.faults.at(-1));
    return data["it"] as Payload;
  }

  /** A change set with the text for its title, or with another one where that is refused. */
  private async open(title: string): Promise<{ readonly id: string; readonly title: string }> {
    for (const each of [title, "A change"]) {
      const { data } = await this.asker.ask({
        query:
          "mutation ($title: String!) { it: openChangeSet(title: $title) { changeSet { id title } userErrors { code } } }",
        variables: { title: each },
      });
      const { changeSet } = data?.["it"] as { changeSet: { id: string; title: string } | null };
      if (changeSet && changeSet.title !== each)
        this.fault(`The title ${JSON.stringify(each)} is ${JSON.stringify(changeSet.title)}`);
      if (changeSet) return changeSet;
    }
    throw new Error("No change set can be opened.");
  }

  private async publish({ id, title }: { readonly id: string; readonly title: string }): Promise<void> {
    const { data } = await this.asker.ask({
      query: `mutation ($id: ID!) { it: publishChangeSet(changeSet: $id) { revision changeSet { title } userErrors { code message } } }`,
      variables: { id },
    });
    const { revision, userErrors } = data?.["it"] as Payload;
    if (userErrors.length > 0) return this.fault(`not published: ${JSON.stringify(userErrors)}`);
    const log = await this.asker.ask({ query: `{ commit(revision: ${revision}) { title } }`, variables: {} });
    const logged = (log.data?.["commit"] as { title: string }).title;
    // Where there was nothing to change, no commit was made.
    if (logged !== title && !logged.startsWith("Save "))
      this.fault(`The commit is called ${JSON.stringify(logged)}, not ${JSON.stringify(title)}`);
  }

  private fault(what: string): void {
    this.asker.faults.push(`save${this.kind}: ${what}`);
  }
}

/** What takes a text: itself, or a map in which it is a key or a value. */
const inPlace = (path: readonly string[], text: string, turn: number): unknown =>
  path.at(-1) !== "params" ? text : turn % 2 === 0 ? { size: text } : Object.fromEntries([[text, "large"]]);

/** Whether a place lies within one of the input, which has indexes. */
function isWithin(path: readonly string[], of: readonly (string | number)[]): boolean {
  const names = of.filter((part) => typeof part === "string");
  const from = names[0] === "input" ? names.slice(1) : names;
  return from.slice(0, path.length).every((name, index) => name === path[index]);
}

/** Where it stands in an answer. */
const outputPath = (path: readonly string[]): readonly string[] =>
  path.join(".") === "source.locator" ? ["sourceLocator"] : path;

function selection(paths: readonly (readonly string[])[]): string {
  const names = [...new Set(paths.map(([name]) => name!))];
  const fields = names.map((name) => {
    const inner = paths.filter((path) => path[0] === name && path.length > 1).map((path) => path.slice(1));
    return inner.length === 0 ? name : `${name} ${selection(inner)}`;
  });
  return `{ ${fields.join(" ")} }`;
}
