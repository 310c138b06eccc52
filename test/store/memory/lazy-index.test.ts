import type { AppliedChange, NodeState } from "../../../src/domain/changes/change-set";
import type { ScanItem } from "../../../src/domain/graph/port";
import { LazyIndex } from "../../../src/store/memory/model-follower";
import { ReadModel } from "../../../src/store/memory/read-model";
import { id } from "../../builders/changes";

const state = (slug: string, title: string): NodeState => ({
  id: id(`Concept:${slug}`),
  kind: "Concept",
  slug,
  formerSlugs: [],
  fields: { title },
  texts: {},
});

const change = (slug: string, title: string): AppliedChange => ({
  node: id(`Concept:${slug}`),
  before: null,
  after: state(slug, title),
});

/** Titles by id. */
class Titles {
  readonly of = new Map<string, unknown>();
  put(node: NodeState): void {
    this.of.set(node.id, node.fields["title"]);
  }
  apply(changes: readonly AppliedChange[]): void {
    for (const each of changes) if ("node" in each && each.after) this.put(each.after);
  }
}

/** A scan that pauses before its last node until it is let on. */
function pausingScan() {
  let letOn: () => void = () => undefined;
  const pause = new Promise<void>((resolve) => (letOn = resolve));
  const scan = async function* (): AsyncIterable<readonly ScanItem[]> {
    yield [{ node: state("a", "A"), revision: 1 }];
    await pause;
    yield [{ node: state("b", "B"), revision: 1 }];
  };
  return { scan, letOn };
}

describe("an index that is made late", () => {
  it("has what was committed while it was being made, and since", async () => {
    const { scan, letOn } = pausingScan();
    const late = new LazyIndex(() => new Titles(), scan);
    late.apply([change("a", "too early to matter")], 1, ReadModel.empty);
    const [asked, askedAgain] = [Promise.resolve(late.get()), late.get()];
    late.apply([change("a", "A2"), change("c", "C")], 2, ReadModel.empty);
    letOn();
    const first = await asked;
    expect(await askedAgain).toBe(first);
    late.apply([change("b", "B2")], 3, ReadModel.empty);
    expect(late.get()).toBe(first);
    expect(Object.fromEntries(first.of)).toEqual({ "Concept:a": "A2", "Concept:b": "B2", "Concept:c": "C" });
  });

  it("is made again after a scan that failed", async () => {
    let times = 0;
    const late = new LazyIndex(
      () => new Titles(),
      async function* (): AsyncIterable<readonly ScanItem[]> {
        if (times++ === 0) throw new Error("away");
        yield [{ node: state("a", "A"), revision: 1 }];
      },
    );
    await expect(late.get()).rejects.toThrow("away");
    expect((await late.get()).of.size).toBe(1);
  });
});
