import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Change, ChangeSet } from "../../../src/domain/changes/change-set";
import { ChangeSetError, DomainError } from "../../../src/domain/errors";
import { edgeSubject } from "../../../src/domain/graph/node";
import type { CommitOptions, GraphStore, ScanItem } from "../../../src/domain/graph/port";
import { firstSlugOf, kindOf } from "../../../src/domain/ids";
import { nodeKindNames } from "../../../src/domain/ontology/node-kinds";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import { aChangeSet } from "../../builders/changes";
import { BankView } from "./bank-view";
import { randomChanges, randomLinks, randomNodes } from "./change-sets";
import { Draw } from "./draw";
import { randomQuestion } from "./questions";
import { scannedItems } from "../../../src/domain/graph/port";
import { wholeCommits } from "../../builders/whole-commits";

/** Seeds of a random bank, of the commands that follow, and of what is asked in the end. */
export interface Story {
  readonly bank: number;
  readonly commands: readonly number[];
  readonly questions: readonly number[];
}

const seed = fc.noShrink(fc.nat());

/** They shrink by leaving out commands and questions. */
export const stories: fc.Arbitrary<Story> = fc.record({
  bank: seed,
  commands: fc.array(seed, { minLength: 1, maxLength: 8 }),
  questions: fc.array(seed, { minLength: 1, maxLength: 60, size: "max" }),
});

/** What came of a commit: its result, every finding, or the code of the refusal. */
export type Outcome =
  Awaited<ReturnType<GraphStore["commit"]>> | Pick<ChangeSetError, "findings"> | { readonly refused: string };

/** Plays the story on a memory store and on the rival. Throws where their answers differ; else tells what came of the commits. */
export async function playStory(story: Story, rival: GraphStore): Promise<readonly Outcome[]> {
  const model = createMemoryStore();
  const same = async <T>(asked: unknown, ask: (store: GraphStore) => Promise<T>): Promise<T> => {
    const expected = await ask(model);
    try {
      const answer = await ask(rival);
      if (!isDeepStrictEqual(answer, expected)) expect(answer).toStrictEqual(expected);
    } catch (error) {
      throw new Error(`Asked: ${JSON.stringify(asked)}\n${(error as Error).message}`, { cause: error });
    }
    return expected;
  };
  const outcomes: Outcome[] = [];
  const play = async (changeSet: ChangeSet, options: CommitOptions) =>
    outcomes.push(await same({ commit: changeSet, options }, (store) => outcomeOf(store, changeSet, options)));
  const view = () => BankView.of(model.reader());

  const start = new Draw(story.bank);
  for (const step of [randomNodes, randomNodes, ...Array.from({ length: 6 }, () => randomLinks)]) {
    const options = { idempotencyKey: `bank-${outcomes.length}`, actor: importer, skipDanglingMentions: true };
    await play(aChangeSet(step(start, await view())), options);
  }

  const sent: [ChangeSet, CommitOptions][] = [];
  for (const command of story.commands) {
    const [changeSet, options] = nextCommand(new Draw(command), await view(), sent);
    sent.push([changeSet, options]);
    await play(changeSet, options);
  }

  for (const [asked, ask] of await wholeQuestions(model)) await same(asked, ask);
  const bank = await view();
  for (const each of story.questions) {
    const { asked, ask } = await randomQuestion(new Draw(each), bank, model.reader());
    await same(asked, (store) => inTime(() => ask(store.reader())));
  }
  return outcomes;
}

/**
 * Asks again, twice at most, when the answer came too late: on a busy machine Neo4j may take longer to plan a question
 * of a new shape than a read may last, and that is no other answer.
 */
async function inTime<T>(ask: () => Promise<T>, again = 2): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const late = error instanceof DomainError && ["DEADLINE_EXCEEDED", "STORE_UNAVAILABLE"].includes(error.code);
    if (late && again > 0) return inTime(ask, again - 1);
    throw error;
  }
}

const importer = { kind: "import", name: "seed" } as const;

/** Mostly something new; sometimes an earlier command again, or another one under an earlier key. */
function nextCommand(
  draw: Draw,
  bank: BankView,
  sent: readonly [ChangeSet, CommitOptions][],
): [ChangeSet, CommitOptions] {
  const earlier = draw.maybeOf(sent);
  if (earlier && draw.chance(8)) return earlier;
  const changes: Change[] = randomChanges(draw, bank);
  const options: CommitOptions = {
    idempotencyKey: `command-${sent.length}`,
    actor: draw.of([importer, { kind: "person", name: "ada" }, { kind: "person", name: "bob" }]),
    skipDanglingMentions: draw.chance(30),
  };
  return [aChangeSet(changes, `Command ${sent.length}`), earlier && draw.chance(5) ? earlier[1] : options];
}

async function outcomeOf(store: GraphStore, changeSet: ChangeSet, options: CommitOptions): Promise<Outcome> {
  try {
    return await store.commit(changeSet, options);
  } catch (error) {
    if (error instanceof ChangeSetError) return { findings: error.findings };
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
}

/** Questions about all that a store holds and remembers, apart from the time of its commits and what is random in them. */
async function wholeQuestions(model: GraphStore): Promise<[string, (store: GraphStore) => Promise<unknown>][]> {
  const all = { after: 0, first: 1_000 };
  const changes = (await wholeCommits(model, all)).flatMap((commit) => commit.changes);
  const ids = [...new Set(changes.flatMap((change) => ("node" in change ? [change.node] : [])))];
  const subjects = changes.map((change) => ("node" in change ? change.node : edgeSubject(change)));
  const slugs = [...new Set(changes.flatMap(({ after }) => (after && "slug" in after ? [after.slug] : [])))];
  return [
    ["revision", (store) => store.reader().revision()],
    [
      "commits",
      async (store) => (await wholeCommits(store, all)).map(({ at: _, hash: __, seal: ___, ...commit }) => commit),
    ],
    ["scan", (store) => scanned(store)],
    ["lastChanges", (store) => store.lastChanges(subjects)],
    ["nodes", (store) => store.reader().nodes(ids)],
    ["texts", (store) => store.reader().texts(ids)],
    ...nodeKindNames.map((kind): [string, (store: GraphStore) => Promise<unknown>] => [
      `idsBySlug of ${kind}`,
      (store) =>
        store.reader().idsBySlug(kind, [...slugs, ...ids.filter((id) => kindOf(id) === kind).map(firstSlugOf)]),
    ]),
  ];
}

export async function scanned(store: GraphStore): Promise<ScanItem[]> {
  const items: ScanItem[] = [];
  for await (const item of scannedItems(store.reader().scan())) items.push(item);
  return items;
}
