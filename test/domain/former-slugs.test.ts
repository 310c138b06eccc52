import { ownFormerSlugs, renamesOf } from "../../src/domain/changes/former-slugs";
import { id } from "../builders/changes";

const node = (of: string, slug: string, formerSlugs: string[]) => ({ id: id(of), slug, formerSlugs });

describe("the slugs that a node itself had", () => {
  it.each([
    ["never renamed", node("Topic:a", "a", []), [], []],
    ["renamed once", node("Topic:a", "b", ["a"]), ["a"], ["b"]],
    ["renamed twice", node("Topic:a", "c", ["a", "b"]), ["a", "b"], ["b", "c"]],
    ["renamed and back", node("Topic:a", "a", ["b"]), ["a", "b"], ["b", "a"]],
    ["renamed with its owner only", node("Option:a/x", "b/x", ["a/x"]), [], []],
    ["renamed itself, then its owner", node("Option:a/x", "b/y", ["a/x", "a/y"]), ["x"], ["y"]],
  ])("when it was %s", (_, state, former, renames) => {
    expect([ownFormerSlugs(state), renamesOf(state)]).toEqual([former, renames]);
  });
});
