import { lintLines, sampleTexts, sampleWith, type Texts } from "./sample-bank";

const question = "questions/exact-or-not.md";
const tradeOff = "trade-offs/exact-or-graph.yaml";

const manySources = Array.from({ length: 13 }, (_, index) => `s${index + 10}`);
const aSource = "title: A source\npublisher: Someone\nretrievedAt: 2026-11-24\n";

describe("lint judges", () => {
  const cases: readonly [name: string, texts: Texts, findings: string[][]][] = [
    [
      "a link to what does not exist, naming what may be meant",
      sampleWith("topics/search.yaml", "- recall-drift", "- recal-drift"),
      [
        [
          "topics/search.yaml:7:5 error target-not-found",
          "Question:recal-drift does not exist.",
          'Did you mean "recall-drift"?',
        ],
      ],
    ],
    [
      "a link to what exists as another kind",
      sampleWith(question, "- concept: hnsw", "- concept: faiss"),
      [
        [
          "questions/exact-or-not.md:13:5 error target-not-found",
          "Concept:faiss does not exist.",
          "faiss is a Tool, not a Concept.",
        ],
      ],
    ],
    [
      "a link to what nothing is like",
      sampleWith("topics/search.yaml", "- tuning", "- zzzzzzzzzzzzz"),
      [
        [
          "topics/search.yaml:4:5 error target-not-found",
          "Topic:zzzzzzzzzzzzz does not exist.",
          "Add a file for it, or link to another Topic.",
        ],
      ],
    ],
    [
      "a cycle of prerequisites, once, with its members in order",
      {
        ...sampleTexts,
        "concepts/brute-force.yaml": `title: Brute force
summary: Comparing the query with every vector.
prerequisites:
  - concept: third
    reason: It goes round.
related:
  - concept: hnsw
    reason: One is what the other has to beat.
`,
        "concepts/third.yaml": `title: A third
summary: It closes the circle.
prerequisites:
  - concept: hnsw
    reason: It goes on.
`,
      },
      [
        [
          "concepts/brute-force.yaml:3:1 error cycle",
          "PREREQUISITE_OF must not lead back to its start, but does: Concept:brute-force → Concept:hnsw → Concept:third → Concept:brute-force.",
          "Drop the link whose reason is weakest.",
        ],
      ],
    ],
    [
      "a topic in two topics",
      {
        ...sampleTexts,
        "topics/other.yaml": "title: Other\nsummary: Another parent.\nsubtopics:\n  - tuning\n",
      },
      [["topics/tuning.yaml:1:1 error too-many", "Topic:tuning may have at most 1 parent, but would have 2."]],
    ],
    [
      "more links than the ontology allows",
      {
        ...sampleTexts,
        ...Object.fromEntries(manySources.map((slug) => [`sources/${slug}.yaml`, aSource])),
        "concepts/third.yaml": `title: A third\nsummary: It cites too much.\nsources:\n${manySources.map((slug) => `  - source: ${slug}\n`).join("")}`,
      },
      [["concepts/third.yaml:3:1 error too-many", "Concept:third may have at most 12 sources, but would have 13."]],
    ],
    [
      "a required link that is missing",
      sampleWith("benchmarks/index-lab.yaml", "source:\n  source: index-lab\n  locator: Table 1\n", ""),
      [["benchmarks/index-lab.yaml:1:1 error required-link", "Benchmark:index-lab must have its source."]],
    ],
    [
      "a follow-up for a criterion of another question",
      sampleWith(
        "questions/recall-drift.md",
        "difficulty: HARD",
        "difficulty: HARD\nfollowUps:\n  - question: exact-or-not\n    reason: Back to the start.\n    when: MET\n    criteria:\n      - exact-or-not/measures-tail",
      ),
      [
        [
          "questions/recall-drift.md:10:7 error invalid-reference",
          "FOLLOWED_BY Question:recall-drift Question:exact-or-not: criteria must name ones of Question:recall-drift, but got: Criterion:exact-or-not/measures-tail.",
        ],
      ],
    ],
    [
      "a follow-up for missed criteria that names none",
      sampleWith(question, "    when: MISSING\n    criteria:\n      - states-target\n", "    when: MISSING\n"),
      [
        [
          "questions/exact-or-not.md:51:11 error follow-up-condition",
          "A follow-up for MISSING criteria must name them.",
          "Add criteria: with their own slugs.",
        ],
      ],
    ],
    [
      "a follow-up that is always worth asking, with criteria",
      sampleWith(question, "when: MISSING", "when: ALWAYS"),
      [
        [
          "questions/exact-or-not.md:53:7 error follow-up-condition",
          "A follow-up that is ALWAYS worth asking names no criteria.",
          "Drop the criteria, or say when: MISSING or MET.",
        ],
      ],
    ],
    [
      "evidence of a flip condition without its side",
      sampleWith(
        tradeOff,
        "        reason: The scan is behind here.\n        supports: true\n        side: AFTER\n",
        "        reason: The scan is behind here.\n        supports: true\n",
      ),
      [
        [
          "trade-offs/exact-or-graph.yaml:75:5 warning flip-evidence",
          "The cited figures do not show the better option changing: on each side, one benchmark and metric must have figures of both.",
          "Cite four figures whose order reverses, or none and say in the explanation what it rests on.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:76:9 error invalid-field",
          "EVIDENCED_BY FlipCondition:exact-or-graph/collection-grows Measurement:index-lab/large-exact must say its side, BEFORE or AFTER.",
        ],
      ],
    ],
    [
      "a regime that the trade-off has not",
      sampleWith(tradeOff, "regime: large", "regime: huge"),
      [
        [
          "trade-offs/exact-or-graph.yaml:20:5 error assessment-coverage",
          "exact is not assessed on tail-latency in the regime large.",
          "Add an assessment; leave its rating out if it is unknown.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:29:17 error invalid-reference",
          'Assessment:exact-or-graph/exact-latency-large: regime must be one of the trade-off\'s (small, large), but got: "huge".',
        ],
      ],
    ],
    [
      "an option assessed twice in one cell",
      sampleWith(tradeOff, "regime: large", "regime: small"),
      [
        [
          "trade-offs/exact-or-graph.yaml:20:5 error assessment-coverage",
          "exact is not assessed on tail-latency in the regime large.",
          "Add an assessment; leave its rating out if it is unknown.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:39:7 error duplicate",
          'Option:exact-or-graph/exact is assessed on Quality:tail-latency in the regime "small" twice, by Assessment:exact-or-graph/exact-latency-large and Assessment:exact-or-graph/exact-latency-small.',
        ],
      ],
    ],
    [
      "an option that is not assessed on a quality",
      sampleWith(
        tradeOff,
        "        quality: accuracy\n      graph-latency",
        "        quality: tail-latency\n      graph-latency",
      ),
      [
        [
          "trade-offs/exact-or-graph.yaml:52:5 error assessment-coverage",
          "graph is not assessed on accuracy.",
          "Add an assessment; leave its rating out if it is unknown.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:57:7 error duplicate",
          "Option:exact-or-graph/graph is assessed on Quality:tail-latency twice, by Assessment:exact-or-graph/graph-accuracy and Assessment:exact-or-graph/graph-latency.",
        ],
      ],
    ],
    [
      "an assessment on a quality that the trade-off does not weigh",
      sampleWith(tradeOff, "  - tail-latency\n  - accuracy\n", "  - tail-latency\n"),
      [
        [
          "trade-offs/exact-or-graph.yaml:24:9 error assessment-coverage",
          "accuracy is none of the qualities of exact-or-graph.",
          "Add it to the trade-off's qualities, or drop this.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:55:9 error assessment-coverage",
          "accuracy is none of the qualities of exact-or-graph.",
          "Add it to the trade-off's qualities, or drop this.",
        ],
      ],
    ],
    [
      "an inline link that leads nowhere, at its line",
      sampleWith(question, "[FAISS](tool:faiss)", "[FAISS](tool:fais)"),
      [
        [
          "questions/exact-or-not.md:77:1 error dangling-mention",
          'The text links to the tool "fais", which does not exist.',
          'Did you mean "faiss"?',
        ],
      ],
    ],
    [
      "an inline link of the wrong kind",
      sampleWith(question, "[FAISS](tool:faiss)", "[FAISS](concept:faiss)"),
      [
        [
          "questions/exact-or-not.md:77:1 error dangling-mention",
          'The text links to the concept "faiss", which does not exist.',
          "faiss is a Tool: write tool:faiss.",
        ],
      ],
    ],
    [
      "an inline link in the reason of a link",
      sampleWith(question, "reason: The question turns on it.", "reason: The [question](concept:none) turns on it."),
      [
        [
          "questions/exact-or-not.md:21:13 error dangling-mention",
          'The text links to the concept "none", which does not exist.',
        ],
      ],
    ],
    [
      "a figure that is not the stored one",
      sampleWith(question, "[104 ms]", "[140 ms]"),
      [
        [
          "questions/exact-or-not.md:77:1 error figure-in-text",
          'The text says "140 ms", but index-lab/large-exact is 104.2 ms.',
          "Write 104 ms, or another unit of its quantity.",
        ],
      ],
    ],
    [
      "a figure in a unit of another quantity",
      sampleWith(question, "[104 ms]", "[104 MB]"),
      [
        [
          "questions/exact-or-not.md:77:1 error figure-in-text",
          'The text says "104 MB", but index-lab/large-exact is 104.2 ms.',
          "Write 104 ms, or another unit of its quantity.",
        ],
      ],
    ],
    [
      "a derivation that does not come to what the text says",
      sampleWith(question, "[30.7 GB]", "[3.07 GB]"),
      [
        [
          "questions/exact-or-not.md:81:1 error figure-in-text",
          'The text says "3.07 GB", but 1e7*768*4 By is 30720000000 By.',
          "Write 30700000000 By, or another unit of its quantity.",
        ],
      ],
    ],
    [
      "a derivation that cannot be worked out",
      sampleWith(question, "derived:1e7*768*4 By", "derived:ten*768 By"),
      [
        [
          "questions/exact-or-not.md:81:1 error figure-in-text",
          '"ten*768 By" cannot be worked out.',
          "Use numbers, + - * /, parentheses, and then a unit of the bank's table.",
        ],
      ],
    ],
    [
      "a unit that is none of the metric's quantity",
      sampleWith("benchmarks/index-lab.yaml", "value: 1.5\n    unit: ms", "value: 1.5\n    unit: MB"),
      [
        [
          "benchmarks/index-lab.yaml:22:11 error unit-of-metric",
          "MB is a unit of BYTES, but latency-p99 is a TIME.",
          "Units of TIME: ns, us, ms, s, min, h, d.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:75:5 warning flip-evidence",
          "The cited figures do not show the better option changing: on each side, one benchmark and metric must have figures of both.",
          "Cite four figures whose order reverses, or none and say in the explanation what it rests on.",
        ],
      ],
    ],
    [
      "a measured cell without a figure of a rival",
      sampleWith(
        tradeOff,
        "          - measurement: index-lab/large-graph\n            reason: The rival takes a few.\n            supports: true\n",
        "",
      ),
      [
        [
          "trade-offs/exact-or-graph.yaml:30:16 warning measured-basis",
          "The basis is MEASURED, but no figures of this option and of a rival from one benchmark and metric are cited.",
          "Cite both, link each measurement to what tells the options apart, or call it JUDGEMENT.",
        ],
      ],
    ],
    [
      "a measured cell whose figures could be either option's",
      sampleWith(
        "benchmarks/index-lab.yaml",
        "subjectAsPrinted: flat, 1M\n    metric: latency-p99\n    concepts:\n      - brute-force\n",
        "subjectAsPrinted: flat, 1M\n    metric: latency-p99\n    tools:\n      - faiss\n",
      ),
      [
        [
          "trade-offs/exact-or-graph.yaml:30:16 warning measured-basis",
          "The basis is MEASURED, but no figures of this option and of a rival from one benchmark and metric are cited.",
          "Cite both, link each measurement to what tells the options apart, or call it JUDGEMENT.",
        ],
        [
          "trade-offs/exact-or-graph.yaml:75:5 warning flip-evidence",
          "The cited figures do not show the better option changing: on each side, one benchmark and metric must have figures of both.",
          "Cite four figures whose order reverses, or none and say in the explanation what it rests on.",
        ],
      ],
    ],
    [
      "a flip condition whose figures do not turn round",
      sampleWith("benchmarks/index-lab.yaml", "value: 1.5", "value: 1.1"),
      [
        [
          "trade-offs/exact-or-graph.yaml:75:5 warning flip-evidence",
          "The cited figures do not show the better option changing: on each side, one benchmark and metric must have figures of both.",
          "Cite four figures whose order reverses, or none and say in the explanation what it rests on.",
        ],
      ],
    ],
    [
      "a flip condition that favors one option on both sides",
      sampleWith(tradeOff, "      - option: graph\n        side: AFTER\n", ""),
      [
        [
          "trade-offs/exact-or-graph.yaml:70:5 warning flip-evidence",
          "A flip condition must favor two options, one on each side.",
          "Name one option with side: BEFORE and another with side: AFTER.",
        ],
      ],
    ],
    [
      "a criterion that no answer meets",
      sampleWith(question, "    meets:\n      - criterion: states-target\n", ""),
      [
        [
          "questions/exact-or-not.md:23:3 warning unmet-criterion",
          'No answer meets "states-target".',
          "List it under an answer's meets, or drop it.",
        ],
      ],
    ],
    [
      "a heading that the answer has not",
      sampleWith(question, "where: Measure", "where: Messure"),
      [
        [
          "questions/exact-or-not.md:40:16 error heading-of-answer",
          'The answer has no heading "Messure".',
          'Did you mean "Measure"?',
        ],
      ],
    ],
  ];

  it.each(cases)("%s", async (_, texts, findings) => {
    expect(await lintLines(texts)).toEqual(findings);
  });
});
