import { Draw } from "../contract/random/draw";

const times = (count: number, text: string): string => text.repeat(count);

/** Texts that break what was not made for them: each is the sort of thing that ends up in some field one day. */
export const written: readonly string[] = [
  // Cypher
  "'}) DETACH DELETE n //",
  "' OR 1=1 WITH n MATCH (m) DETACH DELETE m //",
  "}) RETURN 1 UNION MATCH (n) SET n.title = 'x' RETURN n //",
  "'; MATCH (n) DETACH DELETE n; //",
  "$id",
  "$rows",
  "{$where}",
  "`MATCH` (n:`Node`) //",
  "n) CALL db.clearQueryCaches() //",
  "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
  "\\u0027}) DETACH DELETE n //",
  "/* */ MATCH (n) REMOVE n:Node /* */",
  // SQL
  "'); DROP TABLE node; --",
  "' OR '1'='1",
  "' UNION SELECT id, secret FROM api_key --",
  "1; PRAGMA writable_schema = 1; --",
  "?1",
  ":id",
  "@value",
  '" OR ""="',
  "%",
  "_%_",
  "x' || (SELECT hash FROM api_key) || '",
  "'||char(0)||'",
  // Full-text and patterns
  '"unclosed phrase',
  "title:* AND NOT summary:x~2^9",
  "NEAR(cache latency, 5)",
  "cache* OR -latency",
  "{a TO z}",
  "(((((((((((((((((((((((((((((((((((((((((((((((((((",
  "(a+)+$",
  ".*.*.*.*.*.*.*.*.*.*.*.*x",
  "[[:<:]]",
  "^$",
  // GraphQL, JSON, JavaScript
  '") { __typename } }',
  '"""\\"""',
  "{ __schema { types { name } } }",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  '{"__proto__": {"isAdmin": true}}',
  "[]",
  "{}",
  "null",
  "undefined",
  "true",
  "NaN",
  "-0",
  "0x10",
  "1e400",
  "9007199254740993",
  "00012",
  "1,000",
  "${process.env.HOME}",
  "{{constructor.constructor('return process')()}}",
  // Markup and links
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "[Cache](concept:c1) and [none](concept:no-such-concept)",
  "[x](concept:c1 'title') ![y](concept:c2)",
  "# A heading of level one",
  "## Heading\n\n- one\n- two\n\n```\ncode",
  "Setext\n======",
  "> > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > >",
  "&amp;&#0;&#x110000;&nbsp;",
  "a | b\n--- | ---\n1 | 2",
  times(60, "[a](b) ![c][d] "),
  times(400, "["),
  times(120, "*a **b "),
  times(500, "`"),
  // Paths, addresses, commands
  "../../../../etc/passwd",
  "C:\\windows\\system32",
  "http://EXAMPLE.com:80/%7Euser/../a b",
  "https://user:secret@example.com/?q=1#f",
  "javascript:alert(1)",
  "http://[::1",
  "http://例え.jp/パス",
  "$(rm -rf /)",
  "a\r\nSet-Cookie: x=1",
  // Control characters, halves of characters, marks of direction
  "NUL\u0000inside",
  "\u0000",
  "bell\u0007 escape\u001b[31m",
  "delete\u007f C1\u0085\u009f",
  "line\u2028separator\u2029",
  "tab\tand\nnewline",
  "carriage\rreturn",
  " space around ",
  "\u00a0no-break space around\u00a0",
  "\u3000ideographic\u3000",
  "\ud800",
  "half \udc00 of a pair",
  "\udc00\ud800",
  "\ufeffmark of byte order",
  "zero\u200bwidth\u200d\u200c\u2060",
  "\u202eright to left\u202c \u2066isolated\u2069",
  "\ufffe\uffff\u{1fffe}",
  "\ue000\u{10ffff}",
  "tag\u{e0041}\u{e007f}",
  // Letters that are equal to some and not to others
  "é",
  "e\u0301",
  "Å Å A\u030a",
  "ﬁ ﬀ ſ ß ẞ İ ı",
  "K Ω",
  "ａｐｐｌｅ",
  "раураl",
  "各 各 \u{2f83f}",
  `a${times(60, "\u0301")}`,
  times(80, "z\u0351\u0300\u0327"),
  "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪",
  "𝒜𝓫𝕔",
  "日本語のテキスト",
  "لا إله",
  "ก็่๋",
  // Lengths and forms
  "",
  " ",
  "\n",
  "-",
  "a--b",
  "a/b/c",
  "Question:q1",
  "Concept:constructor",
  "UXVlc3Rpb246cTE",
  "2024-02-30",
  "P1Y2M3W4DT5H",
  times(201, "x"),
  times(5_001, "long "),
  times(19_990, "l"),
  times(25_000, "[a"),
  times(30_000, "\u{1f4a5}"),
];

/** Pieces that are put into other texts. */
const pieces = [
  "'",
  '"',
  "`",
  "\\",
  "$x",
  "--",
  "//",
  ")",
  "}",
  ";",
  "%00",
  "\u0000",
  "\u001f",
  "\ud83d",
  "\udc00",
  "\u202e",
  "\u0301",
  "\u200d",
  "\ufeff",
  "\u2028",
  "\r\n",
  "\t",
  "𐀀",
  "🧨",
  "ß",
  "é",
  ":",
  "/",
  " ",
  "*",
  "](",
] as const;

const shortEnough = 3_000;

/** Of how many texts each place gets some, where it gets fewer: the places together get them all. */
export const poolOf = (count: number): number => Math.max(count, 60);

/**
 * The first so many of an endless list that is the same for the same seed: what is written above in an order of its own,
 * then texts made of these by cutting, joining, repeating and putting pieces in.
 */
export function hostileTexts(count: number, seed: number): readonly string[] {
  const draw = new Draw(seed);
  const short = written.filter(({ length }) => length < shortEnough);
  const made = (): string => {
    const text = draw.of(short);
    const at = draw.number(text.length);
    switch (draw.number(6)) {
      case 0:
        return text + draw.of(short);
      case 1:
        return text.slice(0, at) + draw.of(pieces) + text.slice(at);
      case 2:
        return text.slice(at) + draw.of(pieces);
      case 3:
        return draw.chance(50) ? text.normalize("NFD") + draw.of(pieces) : text.normalize("NFKC") + draw.of(pieces);
      case 4:
        return draw.times(1, 12, () => draw.of(pieces)).join("");
      case 5:
        return draw.chance(50) ? text.toUpperCase() : `A word of "${text}", and more.`;
      default:
        return String.fromCodePoint(...draw.times(1, 20, () => draw.number(draw.chance(70) ? 0xffff : 0x10ffff)));
    }
  };
  const all = new Set<string>(
    draw.some(written, written.length, written.length).slice(0, Math.max(1, Math.ceil(count / 2))),
  );
  while (all.size < count) all.add(made());
  return [...all].slice(0, count);
}
