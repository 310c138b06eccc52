import { editorialRules } from "../../src/domain/rules/editorial/all";
import { editorialLines, sampleTexts, sampleWith, type Texts } from "./sample-bank";

const question = "questions/exact-or-not.md";
const other = "questions/recall-drift.md";

const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(" ");
const concept = (title: string, more = "") => `title: ${title}\nsummary: It is ${title}.\n${more}`;
const prerequisites = (...slugs: string[]) =>
  `prerequisites:\n${slugs.map((slug) => `  - concept: ${slug}\n    reason: It needs ${slug} first.\n`).join("")}`;
const source = (url: string): Texts => ({
  ...sampleTexts,
  "sources/index-lab.yaml": (sampleTexts["sources/index-lab.yaml"] as string).replace("https://example.org/lab", url),
});
const withAnswer = (text: string): Texts =>
  sampleWith(question, "Memory is [30.7 GB](derived:1e7*768*4 By), whatever the index.", text);
const withPrompt = (text: string): Texts => sampleWith(other, "How do you notice?", text);

/** What a rule finds in one bank and not in another that differs in little. */
interface Case {
  readonly finds: string;
  readonly in: Texts;
  readonly lines: readonly string[][];
  readonly not: Texts;
}

const chain: Texts = {
  ...sampleTexts,
  "concepts/third.yaml": concept("A third", prerequisites("brute-force", "hnsw")),
};
const duplicated = (last: string): Texts => ({
  ...sampleTexts,
  "concepts/one.yaml": concept("One", `explanation: a b c d e f g h i j k l\n`),
  "concepts/two.yaml": concept("Two", `explanation: ${last}\n`),
});
const paragraph = "A scan reads all there is once, so its price is that of memory and nothing else matters here.";
const reasons = (third: string): Texts => ({
  ...sampleTexts,
  ...Object.fromEntries(
    ["a", "b", "c"].map((name) => [
      `concepts/x${name}.yaml`,
      concept(
        `X ${name}`,
        `related:\n  - concept: ${name === "a" ? "xb" : "xc"}\n    reason: ${name === "c" ? "" : "They share a cost."}\n`,
      ),
    ]),
  ),
  "concepts/xa.yaml": concept(
    "X a",
    "related:\n  - concept: xb\n    reason: They share a cost.\n  - concept: xc\n    reason: They share a cost!\n",
  ),
  "concepts/xb.yaml": concept("X b", `related:\n  - concept: xc\n    reason: ${third}\n`),
  "concepts/xc.yaml": concept("X c"),
});

const cases: Readonly<Record<string, readonly Case[]>> = {
  "usual-count": [
    {
      finds: "a role too many, where it is written",
      in: {
        ...sampleTexts,
        ...Object.fromEntries([1, 2, 3, 4].map((n) => [`roles/r${n}.yaml`, `title: R${n}\nsummary: A job.\n`])),
        [question]: (sampleTexts[question] as string).replace(
          "roles:\n  - ml-engineer\n",
          "roles:\n  - ml-engineer\n  - r1\n  - r2\n  - r3\n  - r4\n",
        ),
      },
      lines: [
        [
          `${question}:7:1 warning usual-count`,
          "Question exact-or-not has 5 roles; usual are 1 to 4.",
          "Keep those that matter most.",
        ],
      ],
      not: sampleTexts,
    },
    {
      finds: "a concept without a question",
      in: { ...sampleTexts, "concepts/third.yaml": concept("A third") },
      lines: [
        [
          "concepts/third.yaml:1:1 warning usual-count",
          "Concept third has 0 questions; usual are 1 to 40.",
          "The links stand in the files of Question: link it there, or drop it.",
        ],
      ],
      not: sampleTexts,
    },
  ],
  "question-parts": [
    {
      finds: "a question that teaches nothing",
      in: sampleWith(question, "emphasis: TEACHES", "emphasis: ASSUMES"),
      lines: [
        [
          `${question}:9:1 warning question-parts`,
          "The question teaches 0 concepts; usual are 1 to 3.",
          "Say TEACHES where the answer explains it, else ASSUMES.",
        ],
      ],
      not: sampleTexts,
    },
    {
      finds: "a follow-up without its bridge",
      in: sampleWith(question, "    ask: And a month later?\n", ""),
      lines: [
        [
          `${question}:48:5 warning question-parts`,
          "The follow-up has no bridge.",
          "Add ask: what the interviewer says to get there.",
        ],
      ],
      not: sampleTexts,
    },
    {
      finds: "a question that does not say its time",
      in: sampleWith(question, "estimatedMinutes: 25\n", ""),
      lines: [
        [
          `${question}:1:1 warning question-parts`,
          "The question does not say how many minutes it takes.",
          "Add estimatedMinutes.",
        ],
      ],
      not: sampleTexts,
    },
    {
      finds: "an answer that is missing",
      in: sampleWith(question, "level: FULL", "level: EXPERT"),
      lines: [[`${question}:29:1 warning question-parts`, "The question has no FULL answer.", "Write one."]],
      not: sampleTexts,
    },
  ],
  "answer-parts": [
    {
      finds: "an answer with headings that does not say where",
      in: sampleWith(
        question,
        "      - criterion: measures-tail\n        where: Measure\n",
        "      - criterion: measures-tail\n",
      ),
      lines: [
        [
          `${question}:39:9 warning answer-parts`,
          "The answer has headings, but does not say under which it meets this criterion.",
          "Add where: with the heading.",
        ],
      ],
      not: sampleTexts,
    },
    {
      finds: "an answer that meets nothing",
      in: sampleWith(question, "    meets:\n      - criterion: states-target\n", ""),
      lines: [
        [`${question}:30:3 warning answer-parts`, "The answer meets no criterion.", "List what it meets under meets."],
      ],
      not: sampleTexts,
    },
  ],
  "tool-parts": [
    {
      finds: "a tool without a license",
      in: sampleWith("tools/faiss.yaml", "license: MIT\n", ""),
      lines: [
        [
          "tools/faiss.yaml:1:1 warning tool-parts",
          "Tool faiss has no license.",
          "Add license: an SPDX identifier, or Proprietary.",
        ],
      ],
      not: sampleTexts,
    },
  ],
  "concept-teaching": [
    {
      finds: "a concept that is only assumed",
      in: sampleTexts,
      lines: [
        [
          "concepts/brute-force.yaml:1:1 warning concept-teaching",
          "Concept brute-force is taught by 0 questions; usual are 1 to 8.",
          "Say emphasis: TEACHES in a question whose answer explains it, or drop the concept.",
        ],
      ],
      not: sampleWith(question, "emphasis: ASSUMES", "emphasis: TEACHES"),
    },
  ],
  "text-length": [
    {
      finds: "a prompt that is too long for its format",
      in: withPrompt(words(181)),
      lines: [
        [
          `${other}:7:1 warning text-length`,
          "The prompt has 181 words; 20 to 180 are asked for.",
          "Cut what could stand in any other text.",
        ],
      ],
      not: withPrompt(words(180)),
    },
    {
      finds: "an answer that is too short for its difficulty, code left out",
      in: withAnswer(`${words(236)}\n\n\`\`\`\n${words(50)}\n\`\`\``),
      lines: [
        [
          `${question}:73:1 warning text-length`,
          "The FULL answer has 246 words; 250 to 700 are asked for.",
          "Say what is missing; do not pad.",
        ],
      ],
      not: withAnswer(words(240)),
    },
    {
      finds: "a concept without an explanation",
      in: sampleTexts,
      lines: [
        [
          "concepts/hnsw.yaml:1:1 warning text-length",
          "The explanation has 0 words; 60 to 250 are asked for.",
          "Say what is missing; do not pad.",
        ],
      ],
      not: sampleWith("concepts/hnsw.yaml", "prerequisites:", `explanation: ${words(60)}\nprerequisites:`),
    },
  ],
  "repeated-reason": [
    {
      finds: "a reason that is used a third time, whatever its signs",
      in: reasons("They share a cost?"),
      lines: [
        [
          "concepts/xb.yaml:5:13 warning repeated-reason",
          "This reason is used 3 times, first in Concept:xa.",
          "Say what holds for this link and no other.",
        ],
      ],
      not: reasons("They share a price."),
    },
  ],
  "empty-reason": [
    {
      finds: "a reason that only joins the names of its ends",
      in: sampleWith("tools/faiss.yaml", "IndexFlat scans all vectors.", "FAISS uses brute force."),
      lines: [
        [
          "tools/faiss.yaml:8:13 warning empty-reason",
          "The reason says little but the names of what it links.",
          "Say what a reader would not guess from the two names.",
        ],
      ],
      not: sampleWith("tools/faiss.yaml", "IndexFlat scans all vectors.", "FAISS uses brute force in IndexFlat."),
    },
  ],
  "unlinked-name": [
    {
      finds: "names in the plural and across lines, each once in a text",
      in: withAnswer("It is what navigable\nsmall worlds save: brute forces. A brute force is dear."),
      lines: [
        [
          `${question}:81:1 warning unlinked-name`,
          'The text names "navigable small worlds" without a link.',
          "Write [navigable small worlds](concept:hnsw).",
        ],
        [
          `${question}:82:1 warning unlinked-name`,
          'The text names "brute forces" without a link.',
          "Write [brute forces](concept:brute-force).",
        ],
      ],
      not: withAnswer(
        "A [scan](concept:brute-force) is brute force; `navigable small worlds` is code. Brute, force it!",
      ),
    },
  ],
  "bare-figure": [
    {
      finds: "a figure that nothing stands behind",
      in: withAnswer("Now a look-up\ntakes 7 ms of it."),
      lines: [
        [
          `${question}:82:1 warning bare-figure`,
          "No measurement, derivation or prompt stands behind a figure: …Now a look-up takes 7 ms of it.…",
          "Link it to a measurement or a derivation, put it into the prompt, or say it without a number.",
        ],
      ],
      not: withAnswer(
        "A look-up takes 104.2 ms, and about 0.104 s as well. If one takes 7 ms, stop below 9 ms, after 12 ms.",
      ),
    },
  ],
  "near-duplicate": [
    {
      finds: "an explanation that shares 15 % of its runs of words",
      in: duplicated("a b c d e 1 2 3 4 5 6 7 8 9"),
      lines: [
        [
          "concepts/two.yaml:3:14 warning near-duplicate",
          "The explanation shares 22 % of its runs of 4 words with that of one.",
          "Say it in one place and link there, or ask what the other does not.",
        ],
      ],
      not: duplicated("a b c d 1 2 3 4 5 6 7 8 9 10"),
    },
  ],
  "shared-paragraph": [
    {
      finds: "a paragraph that stands in two answers",
      in: {
        ...sampleTexts,
        [question]: (sampleTexts[question] as string)
          .replace("# Full answer\n", `${paragraph}\n\n# Full answer\n`)
          .replace("## Measure\n", `## Measure\n\nFirst.\n\n${paragraph.replace("nothing else", "little else")}\n`),
      },
      lines: [
        [
          `${question}:85:1 warning shared-paragraph`,
          "This paragraph stands in exact-or-not/concise as well: a scan reads all there is …",
          "Keep it where it decides something, and say here what is particular to this question.",
        ],
      ],
      not: withAnswer(`${paragraph}\n\n${paragraph}`),
    },
  ],
  "doubtful-url": [
    ...(
      [
        ["http://example.org/lab", "It is not https", "Take the https address, which nobody can alter on the way."],
        ["https://192.0.2.7/lab", "The host is an address or a private name", "Name the public page."],
        ["https://bit.ly/3xyz", "It is a shortened link", "Write where it leads."],
        ["https://www.google.com/search?q=hnsw", "It is a page of search results", "Name the page that was read."],
        ["https://example.org/lab?utm_source=x", "It holds tracking parameters", "Leave them out."],
        [
          "https://example.org/",
          "It names a site and no page",
          "Name the page on which the figures or statements stand.",
        ],
        [
          "https://github.com/a/b/blob/main/README.md",
          "It follows a branch, whose content changes",
          "Name the commit that was read.",
        ],
      ] as const
    ).map(([url, doubt, cure]) => ({
      finds: url,
      in: source(url),
      lines: [["sources/index-lab.yaml:3:6 warning doubtful-url", `${doubt}: ${url}`, cure]],
      not: source("https://github.com/a/b/blob/0123456789abcdef0123456789abcdef01234567/README.md"),
    })),
  ],
  "redundant-prerequisite": [
    {
      finds: "a prerequisite that comes with another",
      in: chain,
      lines: [
        [
          "concepts/third.yaml:4:5 warning redundant-prerequisite",
          "Concept:brute-force comes with Concept:hnsw already.",
          "Drop it: readers follow the chain.",
        ],
      ],
      not: { ...chain, "concepts/third.yaml": concept("A third", prerequisites("hnsw")) },
    },
  ],
  orphan: [
    {
      finds: "a metric without figures, though it links elsewhere",
      in: {
        ...sampleTexts,
        "metrics/recall.yaml":
          "title: Recall\nquantity: RATIO\ndirection: HIGHER_IS_BETTER\nindicates:\n  - quality: accuracy\n    reason: It counts hits.\n",
      },
      lines: [
        [
          "metrics/recall.yaml:1:1 warning orphan",
          "Nothing in the bank leads to Metric recall.",
          "Link it where it matters, or drop it.",
        ],
      ],
      not: sampleTexts,
    },
  ],
  "benchmark-reach": [
    {
      finds: "a benchmark that no trade-off leads to",
      in: {
        ...sampleTexts,
        "benchmarks/other-lab.yaml":
          "title: Other\nsummary: Another run.\nevidenceKind: MEASURED\nsource:\n  source: index-lab\n",
      },
      lines: [
        [
          "benchmarks/other-lab.yaml:1:1 warning benchmark-reach",
          "No trade-off leads to Benchmark other-lab.",
          "Cite one of its figures in an assessment, a flip condition or an answer, or drop it.",
        ],
      ],
      not: sampleTexts,
    },
  ],
  "question-reach": [
    {
      finds: "questions from which few others are near",
      in: sampleWith(question, "related:\n  - question: recall-drift\n    reason: Both weigh what is lost.\n", ""),
      lines: [
        [
          `${question}:47:1 warning question-reach`,
          "Only 1 other questions are within 2 hops of follow-ups and related ones.",
          "Add follow-ups or related questions.",
        ],
        [
          `${other}:1:1 warning question-reach`,
          "Only 0 other questions are within 2 hops of follow-ups and related ones.",
          "Add follow-ups or related questions.",
        ],
      ],
      not: {
        ...sampleTexts,
        ...Object.fromEntries(
          [1, 2, 3, 4].map((n) => [
            `questions/q${n}.md`,
            `---\ntitle: Q${n}\nformat: TECHNICAL\ndifficulty: EASY\nrelated:\n  - question: recall-drift\n    reason: Near.\n---\n\n# Prompt\n\nWhat?\n`,
          ]),
        ),
      },
    },
  ],
  "concept-core": [
    {
      finds: "concepts that stand apart",
      in: { ...sampleTexts, "concepts/third.yaml": concept("A third") },
      lines: [
        [
          "concepts/third.yaml:1:1 warning concept-core",
          "Concept:third is linked to no other concept; 2 concepts hang together.",
          "Add a prerequisite or a related concept that leads to the others.",
        ],
      ],
      not: chain,
    },
  ],
  "stale-figures": [
    {
      finds: "figures whose time is over, as a note",
      in: sampleWith("benchmarks/index-lab.yaml", "staleAfter: P2Y", "staleAfter: P5M3W"),
      lines: [
        [
          "benchmarks/index-lab.yaml:7:13 note stale-figures",
          "The figures were to stay fresh until 2026-11-21.",
          "Look for newer ones, or make staleAfter longer and say why they still hold.",
        ],
      ],
      not: sampleWith("benchmarks/index-lab.yaml", "staleAfter: P2Y", "staleAfter: P6M"),
    },
  ],
};

/** What a finding says of which file. */
const withoutLine = ([place, message]: readonly string[]): string => `${place?.split(":")[0]} ${message}`;

describe("the rules for a finished bank", () => {
  it("are all tried here", () => {
    expect(Object.keys(cases)).toEqual(editorialRules.map(({ code }) => code));
  });

  const each = Object.entries(cases).flatMap(([code, list]) => list.map((one) => ({ code, ...one })));
  it.each(each)("$code finds $finds", async ({ code, in: texts, lines, not }) => {
    const sound = new Set((await editorialLines(not, [code])).map(withoutLine));
    const found = await editorialLines(texts, [code]);
    expect(found.filter((line) => !sound.has(withoutLine(line)))).toEqual(lines);
  });
});
