const layer = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    layer(
      "no-cycles",
      {},
      { circular: true },
      "A cycle means two files are one idea; merge them or turn one arrow round.",
    ),
    layer(
      "domain-stands-alone",
      { path: "^src/domain/" },
      { path: "^src/", pathNot: "^src/domain/" },
      "The domain is what everything else is about, so it knows of none of it.",
    ),
    layer(
      "domain-needs-little",
      { path: "^src/domain/" },
      {
        path: "node_modules/",
        pathNot: "node_modules/(zod|fastest-levenshtein|mdast-util-from-markdown|@types/mdast|@lhncbc/ucum-lhc)/",
      },
      "The domain takes a schema library, a Markdown parser, a unit library and a string distance from outside, and no more.",
    ),
    layer(
      "adapters-are-apart",
      { path: "^src/store/([^/]+)/" },
      { path: "^src/", pathNot: ["^src/domain/", "^src/store/$1/"] },
      "An adapter knows the port and its driver; what two adapters share belongs in the domain.",
    ),
    layer(
      "stores-are-chosen-outside",
      { path: "^src/(domain|access|content|search|graphql|http)/" },
      { path: "^src/store/" },
      "Only the composition root, the CLI and tests choose a store; everyone else sees the port.",
    ),
    layer(
      "content-and-search-see-the-domain",
      { path: "^src/(content|search)/" },
      { path: "^src/", pathNot: ["^src/domain/", "^src/$1/"] },
      "Files and indexes are built from the domain alone, so that they work over any store.",
    ),
    layer(
      "access-sees-the-domain",
      { path: "^src/access/" },
      { path: "^src/", pathNot: "^src/(domain|access)/" },
      "Who asks is found out in the same way for each store and each way in.",
    ),
    layer(
      "graphql-is-not-http",
      { path: "^src/graphql/" },
      { path: "^src/(http|access|cli|app|main|config)" },
      "The schema is served by HTTP but does not know it.",
    ),
    layer(
      "parts-are-watched-from-outside",
      { path: "^src/(domain|access|content|search|graphql|http|store)/" },
      { path: ["^src/telemetry/", "node_modules/(prom-client|@opentelemetry)/"] },
      "The parts tell observers what they do; only telemetry knows Prometheus and OpenTelemetry.",
    ),
    layer(
      "telemetry-sees-what-is-told",
      { path: "^src/telemetry/" },
      { path: "^src/", pathNot: "^src/(domain/|telemetry/|http/request-observer)" },
      "Metrics and traces are made of what the parts tell, so that none of them is built around its figures.",
    ),
    layer(
      "config-is-read-once",
      { path: "^src/", pathNot: "^src/(cli/|main\\.ts|app\\.ts|create-telemetry\\.ts|serve\\.ts|prepare-store\\.ts)" },
      { path: "^src/config\\.ts$" },
      "Settings are passed in, so that a part can be tested without an environment.",
    ),
    layer(
      "no-orphans",
      { orphan: true, path: "^src/", pathNot: "^src/main\\.ts$" },
      {},
      "A file that nothing uses is dead.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "import", "types"] },
  },
};
