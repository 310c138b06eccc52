import { enumeration, indexed, line, listOf, longText, nodeKind, optional, prose, title, url } from "../field";

export const topic = nodeKind({
  description: "A subject of the bank; topics form a tree, and each covers questions in a chosen order.",
  plural: "topics",
  sorting: true,
  fields: {
    title: indexed(title("The topic's name as a reader sees it in a menu.")),
    summary: prose("What the topic is about and what someone can decide after studying it."),
  },
});

export const role = nodeKind({
  description: "A job that questions are asked for, such as backend engineer or data scientist.",
  plural: "roles",
  sorting: true,
  fields: {
    title: indexed(title("The job's usual name, as in a job advertisement.")),
    summary: prose("What people in this job optimize and which trade-offs they own."),
  },
});

export const concept = nodeKind({
  description: "An idea that questions assume or teach, such as tail latency or quantization-aware training.",
  plural: "concepts",
  fields: {
    title: indexed(title("The concept's standard name.")),
    aliases: optional(
      listOf(line("Another name.", 80), 20, "Other names and abbreviations that people type for it, such as QAT."),
    ),
    summary: prose("What it is, in one or two sentences."),
    explanation: optional(longText("How it works, when it matters and what it costs, in Markdown.")),
  },
});

export const tool = nodeKind({
  description: "A program, library or service that implements concepts, such as FAISS or Nsight Systems.",
  plural: "tools",
  fields: {
    title: indexed(title("The tool's name as its makers write it.")),
    aliases: optional(listOf(line("Another name.", 80), 20, "Other names and abbreviations that people type for it.")),
    category: indexed(
      enumeration(
        "ToolCategory",
        {
          PROFILER: "Shows where time, memory or energy goes.",
          BENCHMARKING: "Produces load or measures performance in a repeatable way.",
          MONITORING: "Watches running systems: metrics, traces, logs.",
          MACHINE_LEARNING: "Trains, compresses, compiles or serves models.",
          VECTOR_SEARCH: "Indexes vectors and searches for near neighbours.",
          CACHE: "Keeps hot data close to where it is needed.",
          DATABASE: "Stores and queries data durably.",
          DATA_PROCESSING: "Transforms data in batches or streams.",
          FORMAT: "Encodes, compresses or serializes data.",
          LANGUAGE: "A language, its compiler or its runtime.",
          LIBRARY: "A library with no closer category.",
          NETWORK: "Moves, routes or balances requests and data.",
          FRONTEND: "Builds or measures pages and apps.",
          PLATFORM: "Runs, schedules, deploys or flags software.",
        },
        "What the tool is mainly used for.",
      ),
    ),
    summary: prose("What it does and for whom, in one or two sentences."),
    homepage: optional(url("The project's own page.")),
    license: optional(line("SPDX identifier of its license, or Proprietary.", 80)),
  },
});
