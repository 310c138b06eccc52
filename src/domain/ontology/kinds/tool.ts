import { indexed, line, listOf, enumeration, optional, prose, title, url } from "../field";
import { nodeKind } from "../node-kind";

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
