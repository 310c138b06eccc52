import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { IncomingMessage, ServerResponse } from "node:http";
import { reply } from "./reply";

const contentTypes = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" } as const;

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fulcrum GraphQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/ide/graphiql.css">
<style>html, body, #ide { height: 100%; margin: 0 }</style>
</head>
<body>
<div id="ide">Loading…</div>
<script src="/ide/react.js"></script>
<script src="/ide/react-dom.js"></script>
<script src="/ide/graphiql.js"></script>
<script src="/ide/start.js"></script>
</body>
</html>
`;

const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * Returns a handler for the GraphQL IDE: GraphiQL from the installed package, without any other host. The handler
 * returns false if the request is not for the IDE. Each operation file of the examples folder becomes a tab. Assets are
 * read once, when a browser first asks.
 */
export function createIde(
  examplesFolder: string,
): (request: IncomingMessage, response: ServerResponse, pathname: string) => boolean {
  const assets = new Map<string, () => Buffer>([
    ["/ide/react.js", () => readFileSync(packageFile("react", "umd/react.production.min.js"))],
    ["/ide/react-dom.js", () => readFileSync(packageFile("react-dom", "umd/react-dom.production.min.js"))],
    ["/ide/graphiql.js", () => readFileSync(packageFile("graphiql", "graphiql.min.js"))],
    ["/ide/graphiql.css", () => readFileSync(packageFile("graphiql", "graphiql.min.css"))],
    ["/ide/start.js", () => Buffer.from(startScript(exampleOperations(examplesFolder)))],
  ]);
  const loaded = new Map<string, Buffer>();
  return (request, response, pathname) => {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    if (pathname === "/graphql") {
      if (!wantsPage(request)) return false;
      response.setHeader("content-security-policy", contentSecurityPolicy);
      response.setHeader("vary", "accept");
      reply(response, 200, "text/html; charset=utf-8", page);
      return true;
    }
    const load = assets.get(pathname);
    if (!load) return false;
    const asset = loaded.get(pathname) ?? load();
    loaded.set(pathname, asset);
    response.setHeader("cache-control", "public, max-age=3600");
    response.setHeader("x-content-type-options", "nosniff");
    reply(response, 200, contentTypes[path.extname(pathname) as keyof typeof contentTypes], asset);
    return true;
  };
}

/** True for a browser that opens the address, false for a client that sends a query by GET. */
const wantsPage = (request: IncomingMessage): boolean =>
  (request.headers.accept ?? "").includes("text/html") && !/[?&]query=/.test(request.url ?? "");

const packageFile = (name: string, file: string): string =>
  path.join(path.dirname(require.resolve(`${name}/package.json`)), file);

const opening = "mission-walk.graphql";

/** Returns the text of each `.graphql` file of the folder: `mission-walk.graphql` first, then the others by name. */
function exampleOperations(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".graphql"))
    .sort((a, b) => Number(b === opening) - Number(a === opening) || (a < b ? -1 : 1))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
}

const startScript = (examples: readonly string[]): string => `
const fetcher = GraphiQL.createFetcher({ url: "/graphql" });
const defaultTabs = ${JSON.stringify(examples.map((query) => ({ query })))};
ReactDOM.createRoot(document.getElementById("ide")).render(
  React.createElement(GraphiQL, { fetcher, defaultTabs, defaultEditorToolsVisibility: false, shouldPersistHeaders: false }),
);
`;
