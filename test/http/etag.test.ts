import type { IncomingMessage } from "node:http";
import { type AnswerOrigin, entityTag, hasAnswer } from "../../src/http/etag";

const origin: AnswerOrigin = {
  url: "/graphql?query={a}",
  revision: 7,
  hash: "abc",
  build: "1",
  day: "2026-03-01",
  accept: "application/json",
};
const tag = entityTag(origin);
const request = (given?: string) => ({ headers: given === undefined ? {} : { "if-none-match": given } });
const has = (given?: string) => hasAnswer(request(given) as IncomingMessage, tag);

describe("the tag of an answer", () => {
  it("is the same for the same answer, and weak", () => {
    expect(entityTag({ ...origin })).toBe(tag);
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
  });

  it.each<Partial<AnswerOrigin>>([
    { url: "/graphql?query={b}" },
    { revision: 8 },
    { hash: "abd" },
    { build: "2" },
    { day: "2026-03-02" },
    { accept: "*/*" },
  ])("is another one with %j", (other) => {
    expect(entityTag({ ...origin, ...other })).not.toBe(tag);
  });
});

describe("a client", () => {
  it.each([
    ["the tag", tag],
    ["the tag among others", `"other", ${tag} , W/"more"`],
    ["the tag without its mark of weakness, which a proxy may have taken for its own", tag.slice("W/".length)],
  ])("has the answer that sends %s", (_, given) => {
    expect(has(given)).toBe(true);
  });

  it.each([
    ["no tag", undefined],
    ["an empty header", ""],
    ["another tag", 'W/"other"'],
    ["the tag without its quotes", tag.slice(3, -1)],
  ])("has it not that sends %s", (_, given) => {
    expect(has(given)).toBe(false);
  });
});
