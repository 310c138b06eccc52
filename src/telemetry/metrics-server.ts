import { createServer, type Server } from "node:http";
import type { Metrics } from "./metrics";

/** Serves the metrics at /metrics, and nothing else. It does not listen yet. */
export const createMetricsServer = (metrics: Pick<Metrics, "contentType" | "text">): Server =>
  createServer({ requestTimeout: 10_000 }, (request, response) => {
    const isAsked =
      request.url?.split("?")[0] === "/metrics" && (request.method === "GET" || request.method === "HEAD");
    if (!isAsked)
      return void response.writeHead(404, { "content-type": "text/plain" }).end("The metrics are at /metrics.\n");
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      (error: unknown) => response.writeHead(500, { "content-type": "text/plain" }).end(`${String(error)}\n`),
    );
  });
