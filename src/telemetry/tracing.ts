import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  defaultTextMapGetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import { type ExportResult, ExportResultCode, W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
import { DomainError } from "../domain/errors";
import { codesOf, type ServedRequest, type StartRequestSpan } from "../http/request-observer";
import type { StoreObserver } from "./observed-database";

/** The time that the end of the process waits for the last spans to be sent. */
const flushMilliseconds = 2_000;
/** The longest name of an operation in a span, in characters; clients choose the length. */
const maxNameLength = 100;

export interface Tracing {
  readonly startSpan: StartRequestSpan;
  readonly observeStore: StoreObserver;
  /** Sends the remaining spans, for at most 2 s. */
  stop(): Promise<void>;
}

export interface TracingOptions {
  /** The address of a receiver of OTLP over HTTP, without the path `/v1/traces`. */
  readonly endpoint: string;
  readonly version: string;
  /** The store by OpenTelemetry's names: sqlite, neo4j. */
  readonly storeSystem: string;
  /** Called with the reason when spans can no longer be sent, and with null when they can be sent again. */
  readonly onDelivery: (failure: Error | null) => void;
}

/**
 * Starts OpenTelemetry's tracing: a span for each request, and below it one for each store call. The SDK's own
 * variables set sampler, limits, resource and batches. Nothing is registered globally. Spans hold no query text, no
 * variables and no credential. https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
export function startTracing({ endpoint, version, storeSystem, onDelivery }: TracingOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "fulcrum", "service.version": version }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(toldOf(exporter, onDelivery))],
  });
  const tracer = provider.getTracer("fulcrum", version);
  const current = new AsyncLocalStorage<Context>();
  return {
    startSpan: requestSpans(tracer, current),
    observeStore: storeSpans(tracer, current, storeSystem),
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const longEnough = new Promise<void>((resolve) => (timer = setTimeout(resolve, flushMilliseconds)));
      await Promise.race([provider.shutdown().catch(() => undefined), longEnough]);
      clearTimeout(timer);
    },
  };
}

function requestSpans(tracer: Tracer, current: AsyncLocalStorage<Context>): StartRequestSpan {
  const propagator = new W3CTraceContextPropagator();
  return (request, requestId) => {
    const method = request.method ?? "";
    const parent = propagator.extract(ROOT_CONTEXT, request.headers, defaultTextMapGetter);
    const span = tracer.startSpan(
      `${method} /graphql`,
      {
        kind: SpanKind.SERVER,
        attributes: {
          "http.request.method": method,
          "http.route": "/graphql",
          "url.path": "/graphql",
          "url.scheme": "http",
          "network.protocol.version": request.httpVersion,
          "fulcrum.request_id": requestId,
        },
      },
      parent,
    );
    const context = trace.setSpan(parent, span);
    return {
      traceId: span.spanContext().traceId,
      within: (work) => current.run(context, work),
      end: (served) => endRequest(span, method, served),
    };
  };
}

function endRequest(span: Span, method: string, served: ServedRequest): void {
  const { status, report, isAborted } = served;
  const operation = report?.operation;
  const [code] = codesOf(served);
  span.setAttribute("http.response.status_code", status);
  if (operation) {
    const name = operation.name?.slice(0, maxNameLength);
    // Servers leave the operation's name out of the span's name:
    // https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/
    span.setAttribute("graphql.operation.type", operation.type);
    if (name !== undefined) span.setAttribute("graphql.operation.name", name);
    span.updateName(`${method} /graphql ${operation.type}`);
  }
  if (report) span.setAttribute("fulcrum.cost.requested", report.requestedCost);
  if (report && report.actualCost !== null) span.setAttribute("fulcrum.cost.actual", report.actualCost);
  if (report && report.revision !== null) span.setAttribute("fulcrum.revision", report.revision);
  if (code !== undefined) span.setAttribute("error.type", code);
  if (isAborted) span.setAttribute("fulcrum.aborted", true);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** Makes spans of store calls. Calls outside of a request, such as looking for new commits, have no span. */
function storeSpans(tracer: Tracer, current: AsyncLocalStorage<Context>, system: string): StoreObserver {
  return (call) => {
    const context = current.getStore();
    if (!context || !trace.getSpan(context)?.isRecording()) return untraced;
    const attributes = { "db.system.name": system, "db.operation.name": call };
    const span = tracer.startSpan(call, { kind: SpanKind.CLIENT, attributes }, context);
    return (error) => {
      if (error !== undefined) {
        span.setAttribute("error.type", error instanceof DomainError ? error.code : "INTERNAL_SERVER_ERROR");
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    };
  };
}

const untraced = (): void => undefined;

/** Returns the same exporter, which reports each change from success to failure and back. */
function toldOf(exporter: SpanExporter, onDelivery: (failure: Error | null) => void): SpanExporter {
  let isFailing = false;
  return {
    export: (spans: ReadableSpan[], done: (result: ExportResult) => void) =>
      exporter.export(spans, (result) => {
        const fails = result.code === ExportResultCode.FAILED;
        if (fails !== isFailing) onDelivery(fails ? (result.error ?? new Error("The receiver refused them.")) : null);
        isFailing = fails;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
