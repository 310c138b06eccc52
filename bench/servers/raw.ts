// The least that a server can do: node:http, a body read and parsed, and bytes that it has once got from another server.
import { createServer } from "node:http";
import { post } from "../measure";

const kept = new Map<string, Buffer>();
const origin = Number(process.env["BENCH_ORIGIN"]);

createServer((request, response) => {
  const chunks: Buffer[] = [];
  const reply = (bytes: Buffer) => {
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.setHeader("content-length", bytes.length);
    response.end(bytes);
  };
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const asked = Buffer.concat(chunks).toString();
    const { query, variables } = JSON.parse(asked) as Record<string, unknown>;
    const key = `${JSON.stringify(variables)} ${query as string}`;
    const known = kept.get(key);
    if (known) return reply(known);
    void post(origin, undefined, asked).then((text) => {
      kept.set(key, Buffer.from(text));
      reply(Buffer.from(text));
    });
  });
}).listen(Number(process.env["PORT"]), "127.0.0.1");
