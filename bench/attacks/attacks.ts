import { Agent, request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { hostileRequests, type HostileRequest, seededRequests } from "../../test/http/hostile-requests";

export interface Target {
  readonly port: number;
  /** The attacker's own address. */
  readonly from: string;
  readonly seconds: number;
  /** 1 for the whole attack, 0.1 for a tenth of it. */
  readonly scale: number;
}

/** What came back, how often: statuses, codes of errors, ends of sockets. */
export class Counts {
  private readonly counts = new Map<string, number>();
  /** Milliseconds of answers to requests that were refused. */
  readonly refusals: number[] = [];

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  toJSON(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

export interface Attack {
  readonly name: string;
  run(target: Target, counts: Counts): Promise<void>;
}

const json = (query: string): string => JSON.stringify({ query });
const aliases = (count: number, field: string): string =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field.replace("$i", String(i + 1))}`).join(" ")} }`;
const scaled = (count: number, { scale }: Target): number => Math.max(1, Math.round(count * scale));

/** The dearest questions about the log that a few bytes can ask. */
const ofTheLog = [
  aliases(10, "commit(revision: $i) { revision title }"),
  aliases(10, 'history(id: "Question:exact-vs-approximate-search", first: 50) { nodes { revision } }'),
].map(json);

export const attacks: readonly Attack[] = [
  { name: "10 sockets with 10 subscriptions each to the whole log", run: backlogs(10, 10) },
  { name: "1,000 sockets with 10 subscriptions each to the whole log", run: backlogs(1_000, 10) },
  { name: "the log by aliases, once a second", run: logReaders(1) },
  { name: "the log by aliases, eight times a second", run: logReaders(8) },
  {
    name: "3,000 wrong keys a second",
    run: (target, counts) =>
      paced(target, scaled(3_000, target), (send, i) =>
        send({
          body: json("{ viewer { name } }"),
          headers: { authorization: `Bearer fk_${hex(i, 12)}_${hex(i, 64)}` },
        }),
      )(counts),
  },
  { name: "2,000 connections that send half a header", run: halfOpen },
  {
    name: "24,000 documents, no two alike",
    run: async (target, counts) => {
      await together(target, counts, 20, scaled(24_000, target), (i) => ({
        body: json(`{ a${i}: tradeOff(slug: "no-${i}") { title options { title } } }`),
      }));
    },
  },
  { name: "1,000 hostile documents", run: hostile },
  { name: "400 clients at once", run: (target, counts) => crowd(target, counts, scaled(400, target)) },
];

const hex = (i: number, length: number): string => i.toString(16).padStart(length, "0");

type Send = (hostile: Partial<HostileRequest>) => Promise<number>;

/** Sends one request; the status, 0 where the connection broke. Counts it, with the codes of its errors. */
function sender({ port, from }: Target, counts: Counts, agent: Agent): Send {
  return ({ body, headers = {}, method = "POST", path = "/graphql" }) =>
    new Promise((resolve) => {
      const started = performance.now();
      const sent = request(
        {
          host: "127.0.0.1",
          port,
          path,
          method,
          agent,
          localAddress: from,
          headers: { "content-type": "application/json", ...headers },
        },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (part: string) => (text += part));
          answer.once("error", () => undefined);
          answer.once("end", () => {
            const status = answer.statusCode as number;
            counts.add(String(status));
            for (const code of new Set(text.match(/"code":"[A-Z_]+"/g))) counts.add(code.slice(8, -1));
            if ((status === 429 || status === 503) && answer.headers["retry-after"] === undefined)
              counts.add("refused without Retry-After");
            if (text.includes('"errors"')) counts.refusals.push(performance.now() - started);
            resolve(status);
          });
        },
      );
      sent.once("error", () => {
        counts.add("broken");
        resolve(0);
      });
      sent.setTimeout(30_000, () => sent.destroy());
      sent.end(body);
    });
}

/** So many requests at a time until so many are done. */
async function together(
  target: Target,
  counts: Counts,
  clients: number,
  total: number,
  requestOf: (i: number) => Partial<HostileRequest>,
): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const send = sender(target, counts, agent);
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < total) await send(requestOf(next++));
    }),
  );
  agent.destroy();
}

/** So many requests a second, whether answered or not. */
function paced(target: Target, perSecond: number, each: (send: Send, i: number) => Promise<number>) {
  return async (counts: Counts): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 200 });
    const send = sender(target, counts, agent);
    const pending: Promise<number>[] = [];
    const total = Math.max(1, Math.round(perSecond * target.seconds));
    const started = performance.now();
    while (pending.length < total) {
      const due = Math.min(total, Math.ceil(((performance.now() - started) / 1_000) * perSecond) + 1);
      while (pending.length < due) pending.push(each(send, pending.length));
      await wait(Math.min(100, 1_000 / perSecond));
    }
    await Promise.all(pending);
    agent.destroy();
  };
}

function logReaders(perSecond: number): Attack["run"] {
  return (target, counts) =>
    paced(target, perSecond, (send, i) => send({ body: ofTheLog[i % ofTheLog.length] as string }))(counts);
}

function backlogs(sockets: number, subscriptions: number): Attack["run"] {
  return async (target, counts) => {
    const query = "subscription { bankChanged(after: 0) { revision } }";
    const open: WebSocket[] = [];
    for (let i = 0; i < scaled(sockets, target); i++) {
      const socket = new WebSocket(`ws://127.0.0.1:${target.port}/graphql`, "graphql-transport-ws", {
        localAddress: target.from,
      });
      socket.on("error", () => undefined);
      socket.once("unexpected-response", (_request, { statusCode }) => counts.add(`socket ${statusCode}`));
      socket.once("open", () => {
        counts.add("socket opened");
        socket.send('{"type":"connection_init"}');
      });
      socket.once("close", (code) => counts.add(`socket closed ${code}`));
      socket.on("message", (data: Buffer) => {
        const message = JSON.parse(String(data)) as { type: string; payload?: { extensions?: { code?: string } }[] };
        if (message.type === "error") counts.add(message.payload?.[0]?.extensions?.code ?? "error without a code");
        else counts.add(message.type);
        if (message.type !== "connection_ack") return;
        for (let id = 0; id < subscriptions; id++)
          socket.send(JSON.stringify({ id: String(id), type: "subscribe", payload: { query } }));
      });
      open.push(socket);
    }
    await wait(target.seconds * 1_000);
    for (const socket of open) socket.terminate();
  };
}

async function halfOpen(target: Target, counts: Counts): Promise<void> {
  const sockets: Socket[] = [];
  for (let i = 0; i < scaled(2_000, target); i++) {
    const socket = connect({ host: "127.0.0.1", port: target.port, localAddress: target.from }, () =>
      socket.write("POST /graphql HTTP/1.1\r\nHost: a\r\n"),
    );
    socket.on("error", () => undefined).once("close", () => counts.add("connection ended"));
    socket.on("data", () => undefined);
    sockets.push(socket);
  }
  await wait(target.seconds * 1_000);
  for (const socket of sockets) socket.destroy();
}

async function hostile(target: Target, counts: Counts): Promise<void> {
  const classes = hostileRequests();
  const total = scaled(1_000, target);
  const grown = seededRequests(Math.ceil(total / 2));
  await together(
    target,
    counts,
    4,
    total,
    (i) => (i % 2 === 0 ? classes[(i / 2) % classes.length] : grown[(i - 1) / 2]) as HostileRequest,
  );
}

/** Clients that ask again as soon as they are answered, and wait as they are told when they are refused. */
async function crowd(target: Target, counts: Counts, clients: number): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const send = sender(target, counts, agent);
  const end = performance.now() + target.seconds * 1_000;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        const status = await send({
          body: json('{ tradeOff(slug: "exact-vs-approximate-search") { title options { title } } }'),
        });
        if (status === 429 || status === 503) await wait(1_000 + Math.random() * 1_000);
      }
    }),
  );
  agent.destroy();
}
