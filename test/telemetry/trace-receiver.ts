import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import definitions from "otlp-definitions/build/src/generated/root";

/** A span as it came over the wire, in what tests look at. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the root of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: "SPAN_KIND_SERVER" | "SPAN_KIND_CLIENT";
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isFailed: boolean;
  readonly resource: Readonly<Record<string, unknown>>;
}

export interface TraceReceiver {
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** All bytes that came, as text. */
  readonly text: string;
  /** Ends when so many spans have come. */
  received(count: number): Promise<readonly ReceivedSpan[]>;
  close(): Promise<void>;
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface Batch {
  readonly resource: { readonly attributes: readonly KeyValue[] };
  readonly scopeSpans: readonly { readonly spans: readonly Sent[] }[];
}
interface Sent extends Pick<ReceivedSpan, "name" | "kind"> {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId?: Uint8Array;
  readonly attributes: readonly KeyValue[];
  readonly status?: { readonly code?: string };
}

/** A receiver of OTLP over HTTP, on a port of its own, that decodes what comes by OpenTelemetry's own definitions. */
export async function startTraceReceiver(): Promise<TraceReceiver> {
  const request = definitions.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
  const spans: ReceivedSpan[] = [];
  let text = "";
  const waiting = new Set<() => void>();
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const bytes = Buffer.concat(chunks);
      const isExport =
        incoming.method === "POST" &&
        incoming.url === "/v1/traces" &&
        incoming.headers["content-type"] === "application/x-protobuf";
      if (!isExport) return void response.writeHead(400).end();
      text += bytes.toString("latin1");
      const decoded = request.toObject(request.decode(bytes), {
        enums: String,
        longs: Number,
        arrays: true,
      }) as unknown as { readonly resourceSpans: readonly Batch[] };
      for (const { resource, scopeSpans } of decoded.resourceSpans)
        for (const sent of scopeSpans.flatMap((scope) => scope.spans))
          spans.push({
            ...sent,
            traceId: hexadecimal(sent.traceId),
            spanId: hexadecimal(sent.spanId),
            parentSpanId: hexadecimal(sent.parentSpanId),
            attributes: valuesOf(sent.attributes),
            isFailed: sent.status?.code === "STATUS_CODE_ERROR",
            resource: valuesOf(resource.attributes),
          });
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
      for (const look of waiting) look();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    get text() {
      return text;
    },
    received: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (spans.length < count) return;
          waiting.delete(look);
          resolve(spans);
        };
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}

const hexadecimal = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString("hex");

const valuesOf = (attributes: readonly KeyValue[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
