import { lintLines, sampleTexts, sampleWith } from "./sample-bank";

const concept = "concepts/hnsw.yaml";
const question = "questions/exact-or-not.md";
const tradeOff = "trade-offs/exact-or-graph.yaml";

/** What is wrong with the sample bank when one passage of one file is another. */
const cases: readonly [name: string, path: string, passage: string, replacement: string, findings: string[][]][] = [
  [
    "a misspelt key, and the field that is missing for it",
    concept,
    "summary:",
    "sumary:",
    [
      [
        "concepts/hnsw.yaml:1:1 error required",
        "A Concept must have its summary.",
        "What it is, in one or two sentences.",
      ],
      ["concepts/hnsw.yaml:5:1 error unknown-key", 'A Concept has no "sumary".', 'Did you mean "summary"?'],
    ],
  ],
  [
    "a key that is like no other",
    "roles/ml-engineer.yaml",
    "summary:",
    "zzzzzzzzzz: 1\nsummary:",
    [
      [
        "roles/ml-engineer.yaml:2:1 error unknown-key",
        'A Role has no "zzzzzzzzzz".',
        "Known here: formerSlugs, title, summary.",
      ],
    ],
  ],
  [
    "a key twice",
    concept,
    "summary: A",
    "title: Again\nsummary: A",
    [["concepts/hnsw.yaml:5:1 error duplicate-key", 'The key "title" stands here twice.']],
  ],
  [
    "broken YAML, which hides the rest of the file but not that it is there",
    concept,
    "aliases:",
    "aliases: [a",
    [
      [
        "concepts/hnsw.yaml:5:1 error yaml-syntax",
        "Flow sequence in block collection must be sufficiently indented and end with a ].",
      ],
    ],
  ],
  [
    "a number where text belongs",
    "sources/index-lab.yaml",
    'date: "2026"',
    "date: 2026",
    [
      [
        "sources/index-lab.yaml:7:7 error wrong-type",
        "date must be text, but is a number.",
        'Put it in quotes: "2026".',
      ],
    ],
  ],
  [
    "text where a number belongs",
    question,
    "estimatedMinutes: 25",
    'estimatedMinutes: "25"',
    [
      [
        "questions/exact-or-not.md:5:19 error wrong-type",
        "estimatedMinutes must be a number, but is text.",
        "Write it without quotes.",
      ],
    ],
  ],
  [
    "nothing where a value belongs",
    concept,
    "summary: A layered graph of near neighbours.",
    "summary:",
    [
      [
        "concepts/hnsw.yaml:5:9 error wrong-type",
        "summary must be text, but is nothing.",
        "Leave out the key of what is not known.",
      ],
    ],
  ],
  [
    "a number out of range",
    question,
    "estimatedMinutes: 25",
    "estimatedMinutes: 500",
    [["questions/exact-or-not.md:5:19 error invalid-value", "estimatedMinutes must be a whole number from 1 to 240."]],
  ],
  [
    "a text with a break where one line belongs",
    concept,
    "title: Navigable small worlds",
    "title: |-\n  Navigable\n  small worlds",
    [["concepts/hnsw.yaml:1:8 error invalid-value", "title must be one line without spaces around it."]],
  ],
  [
    "an unknown value of an enum",
    question,
    "difficulty: MEDIUM",
    "difficulty: Medium",
    [
      [
        "questions/exact-or-not.md:4:13 error invalid-value",
        'difficulty must be one of EASY, MEDIUM, HARD, but got: "Medium".',
        'Did you mean "MEDIUM"?',
      ],
    ],
  ],
  [
    "an unknown unit",
    "benchmarks/index-lab.yaml",
    "unit: ms\n    params",
    "unit: msec\n    params",
    [
      [
        "benchmarks/index-lab.yaml:11:11 error invalid-value",
        'unit must be a unit of the bank\'s table, but got: "msec".',
        'Did you mean "ms"?',
      ],
    ],
  ],
  [
    "a value of a list that is not of its type",
    concept,
    '  - "10"',
    "  - 10",
    [
      [
        "concepts/hnsw.yaml:4:5 error wrong-type",
        "aliases.1 must be text, but is a number.",
        'Put it in quotes: "10".',
      ],
    ],
  ],
  [
    "a list written as one value",
    "metrics/latency-p99.yaml",
    "aliases:\n  - P99",
    "aliases: P99",
    [["metrics/latency-p99.yaml:2:10 error wrong-type", "aliases must be a list, but is text."]],
  ],
  [
    "a repeated value in a list",
    concept,
    '- "10"',
    "- HNSW",
    [["concepts/hnsw.yaml:3:3 error invalid-value", "aliases must not repeat a value."]],
  ],
  [
    "an unknown key inside a value",
    tradeOff,
    "title: Under 100,000 vectors",
    "titel: Under 100,000 vectors",
    [
      ["trade-offs/exact-or-graph.yaml:5:5 error required", "regimes.0 must have its title."],
      ["trade-offs/exact-or-graph.yaml:6:5 error unknown-key", 'regimes.0 has no "titel".', 'Did you mean "title"?'],
      [
        "trade-offs/exact-or-graph.yaml:29:17 error invalid-reference",
        'Assessment:exact-or-graph/exact-latency-large: regime must be one of the trade-off\'s (it has none), but got: "large".',
      ],
      [
        "trade-offs/exact-or-graph.yaml:42:17 error invalid-reference",
        'Assessment:exact-or-graph/exact-latency-small: regime must be one of the trade-off\'s (it has none), but got: "small".',
      ],
    ],
  ],
  [
    "a parameter that is a list",
    "benchmarks/index-lab.yaml",
    "k: 10",
    "k: [10]",
    [
      [
        "benchmarks/index-lab.yaml:13:10 error wrong-type",
        "params.k must be text, a number, true or false, but is a list.",
      ],
    ],
  ],
  [
    "a link without its reason",
    concept,
    "\n    reason: The graph is judged by the exact answer.",
    "",
    [
      [
        "concepts/hnsw.yaml:7:5 error required",
        "A link of prerequisites must have its reason.",
        "What in the second concept needs the first.",
      ],
    ],
  ],
  [
    "a bare slug where a link has a reason",
    concept,
    "- concept: brute-force\n    reason: The graph is judged by the exact answer.",
    "- brute-force",
    [
      [
        "concepts/hnsw.yaml:7:5 error wrong-type",
        "A link of prerequisites must be a map, but is text.",
        "Write a list of items, each - concept: and the Concept's slug.",
      ],
    ],
  ],
  [
    "a map where a link is a bare slug",
    "topics/search.yaml",
    "- tuning",
    "- topic: tuning",
    [
      [
        "topics/search.yaml:4:5 error wrong-type",
        "A link of subtopics must be text, but is a map.",
        "Write a list of items, each - the Topic's slug.",
      ],
    ],
  ],
  [
    "links that are no list",
    "topics/search.yaml",
    "subtopics:\n  - tuning",
    "subtopics: tuning",
    [
      [
        "topics/search.yaml:3:1 error wrong-type",
        "subtopics must be a list, but is text.",
        "Write a list of items, each - the Topic's slug.",
      ],
    ],
  ],
  [
    "the other end under another kind's key",
    question,
    "- tool: faiss",
    "- concept: faiss",
    [
      ["questions/exact-or-not.md:17:5 error required", "A link of tools must have its tool."],
      [
        "questions/exact-or-not.md:17:5 error unknown-key",
        'A link of tools has no "concept".',
        "Known here: tool, reason.",
      ],
    ],
  ],
  [
    "a reference that is no slug",
    "topics/search.yaml",
    "- tuning",
    "- Tuning!",
    [
      [
        "topics/search.yaml:4:5 error invalid-slug",
        'A reference to a Topic must be a kebab-case slug, but got: "Tuning!".',
      ],
    ],
  ],
  [
    "a reference to another file's own thing without its owner",
    tradeOff,
    "- measurement: index-lab/large-exact\n            reason: A million",
    "- measurement: large-exact\n            reason: A million",
    [
      [
        "trade-offs/exact-or-graph.yaml:33:26 error invalid-slug",
        'A reference to a Measurement must be owner/own, both in kebab-case, but got: "large-exact".',
      ],
    ],
  ],
  [
    "a link twice",
    "topics/search.yaml",
    "  - recall-drift",
    "  - recall-drift\n  - recall-drift",
    [["topics/search.yaml:8:5 error duplicate-link", 'questions already holds "recall-drift".']],
  ],
  [
    "a mutual link from both files",
    concept,
    "sources:",
    "related:\n  - concept: brute-force\n    reason: Again.\nsources:",
    [
      [
        "concepts/hnsw.yaml:10:5 error duplicate-link",
        'related already holds "brute-force".',
        "It is read both ways: write it once, in the file whose slug sorts first.",
      ],
    ],
  ],
  [
    "an empty list of links",
    "topics/search.yaml",
    "subtopics:\n  - tuning",
    "subtopics: []",
    [["topics/search.yaml:3:1 error invalid-value", "subtopics must not be empty; leave it out instead."]],
  ],
  [
    "owned things in a list",
    tradeOff,
    "flipConditions:\n  collection-grows:\n    condition",
    "flipConditions:\n  - condition",
    [
      [
        "trade-offs/exact-or-graph.yaml:62:1 error wrong-type",
        "flipConditions must be a map, but is a list.",
        "Write each under its own slug.",
      ],
    ],
  ],
  [
    "an own slug that is none",
    question,
    "  measures-tail:\n    statement",
    "  measures tail:\n    statement",
    [
      [
        "questions/exact-or-not.md:26:3 error invalid-slug",
        'An own slug must be kebab-case, but got: "measures tail".',
      ],
      [
        "questions/exact-or-not.md:39:9 error target-not-found",
        "Criterion:exact-or-not/measures-tail does not exist.",
        'Did you mean "exact-or-not/states-target"?',
      ],
    ],
  ],
  [
    "two own things of one slug in one file",
    tradeOff,
    "      graph-accuracy:",
    "      exact-accuracy:",
    [
      [
        "trade-offs/exact-or-graph.yaml:52:5 error assessment-coverage",
        "graph is not assessed on accuracy.",
        "Add an assessment; leave its rating out if it is unknown.",
      ],
      [
        "trade-offs/exact-or-graph.yaml:53:7 error slug-taken",
        'The slug "exact-or-graph/exact-accuracy" belongs, now or as a former slug, to what stands in trade-offs/exact-or-graph.yaml:21.',
      ],
    ],
  ],
  [
    "a former slug that another file bears",
    concept,
    "title: Nav",
    "formerSlugs:\n  - brute-force\ntitle: Nav",
    [
      [
        "concepts/hnsw.yaml:1:1 error slug-taken",
        'The slug "brute-force" belongs, now or as a former slug, to what stands in concepts/brute-force.yaml:1.',
      ],
    ],
  ],
  [
    "no front matter",
    "questions/recall-drift.md",
    "---\ntitle",
    "title",
    [
      [
        "questions/recall-drift.md:1:1 error front-matter",
        "The file must start with YAML front matter.",
        "Put the fields and links between two lines of ---, before the first section.",
      ],
    ],
  ],
  [
    "a misspelt section, and the field that is missing for it",
    "questions/recall-drift.md",
    "# Prompt",
    "# Promt",
    [
      [
        "questions/recall-drift.md:1:1 error required",
        "A Question must have its prompt.",
        "The question as an interviewer would say it aloud, in Markdown.",
      ],
      [
        "questions/recall-drift.md:7:1 error unknown-section",
        'There is no place for a section "Promt".',
        'Did you mean "Prompt"?',
      ],
    ],
  ],
  [
    "an answer without its section",
    question,
    "# Full answer\n\n## Decide",
    "## Decide",
    [
      [
        "questions/exact-or-not.md:35:3 error required",
        'ModelAnswer "full" must have its body.',
        "The whole answer in Markdown, with inline links to measurements and concepts.",
      ],
    ],
  ],
  [
    "a section twice",
    "questions/recall-drift.md",
    "# Prompt",
    "# Prompt\n\nWhat?\n\n# Prompt",
    [["questions/recall-drift.md:11:1 error duplicate-key", 'The section "Prompt" stands here twice.']],
  ],
  [
    "text before the first section",
    "questions/recall-drift.md",
    "# Prompt",
    "Well,\n\n# Prompt",
    [["questions/recall-drift.md:7:1 error unknown-section", "Text stands before the first level 1 heading."]],
  ],
  [
    "hints that are no list",
    question,
    "- What does the product lose when a neighbour is missed?\n",
    "What does the product lose?\n\n",
    [["questions/exact-or-not.md:65:1 error wrong-type", 'The section "Hints" must be a list and nothing else.']],
  ],
  [
    "a level 1 heading inside a text",
    question,
    "Scan up to some",
    "> # Verdict\n\nScan up to some",
    [["questions/exact-or-not.md:69:1 error invalid-value", "body must not hold a level 1 heading; use ## or deeper."]],
  ],
  [
    "comments",
    concept,
    "title: Nav",
    "# The graph.\ntitle: Nav",
    [
      [
        "concepts/hnsw.yaml:1:1 error yaml-feature",
        "Content files hold no comments, but got: # The graph.",
        'Remove it; a text that starts with one of # & * ! % must be in quotes, "like this".',
      ],
    ],
  ],
  [
    "anchors and aliases, each once",
    concept,
    '  - HNSW\n  - "10"',
    "  - &a HNSW\n  - *a\n  - *a",
    [
      [
        "concepts/hnsw.yaml:3:5 error yaml-feature",
        "Content files hold no anchors, but got: &a",
        "Write the value out where it is needed.",
      ],
      [
        "concepts/hnsw.yaml:4:5 error yaml-feature",
        "Content files hold no aliases, but got: *a (and 1 more)",
        "Write the value out where it is needed.",
      ],
    ],
  ],
  [
    "another order of keys",
    concept,
    'aliases:\n  - HNSW\n  - "10"\nsummary: A layered graph of near neighbours.',
    'summary: A layered graph of near neighbours.\naliases:\n  - HNSW\n  - "10"',
    [
      [
        "concepts/hnsw.yaml:2:1 error canonical-form",
        "From here on, the file is not in canonical form.",
        "Run fulcrum lint --fix.",
      ],
    ],
  ],
];

describe("lint finds", () => {
  it.each(cases)("%s", async (_, path, passage, replacement, findings) => {
    expect(await lintLines(sampleWith(path, passage, replacement))).toEqual(findings);
  });

  it("every fault at once, by file and line", async () => {
    const texts = {
      ...sampleTexts,
      "topics/tuning.yaml": "title: 7\nsumary: x\n",
      "roles/ml-engineer.yaml": "- a\n",
      "concepts/hnsw.yaml": "title: [\n",
    };
    const lines = await lintLines(texts);
    expect(lines.map(([place]) => place)).toEqual([
      "concepts/hnsw.yaml:2:1 error yaml-syntax",
      "roles/ml-engineer.yaml:1:1 error wrong-type",
      "topics/tuning.yaml:1:1 error required",
      "topics/tuning.yaml:1:8 error wrong-type",
      "topics/tuning.yaml:2:1 error unknown-key",
    ]);
  });
});
