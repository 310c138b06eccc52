import { Agent } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { hostileRequests, seededRequests } from "../../test/http/hostile-requests";
import { graphql, send } from "./send";
import { host } from "./target";

/** Outcomes of an attack, counted: statuses, codes of GraphQL errors, failures of connections. */
export type Outcomes = Record<string, number>;

export interface Attack {
  readonly name: string;
  readonly about: string;
  /** Seconds for which it goes on. */
  readonly seconds: number;
  /** Attacks until the signal fires, from the loopback address, and counts outcomes. */
  run(port: number, from: string, signal: AbortSignal, outcomes: Outcomes): Promise<void>;
}

const count = (outcomes: Outcomes, name: string): void => void (outcomes[name] = (outcomes[name] ?? 0) + 1);

/** The GraphQL error codes of an answer, or its status where it has none. */
function outcomeOf({ outcome, text }: { readonly outcome: string; readonly text: string }): string {
  const code = /"code":"([A-Z_]+)"/.exec(text)?.[1];
  return code === undefined ? outcome : `${outcome} ${code}`;
}

/** Sends requests at a rate, whether or not the ones before have been answered; at most `open` wait at a time. */
async function atRate(
  perSecond: number,
  signal: AbortSignal,
  sendOne: (index: number) => Promise<unknown>,
  open = 500,
): Promise<void> {
  const pending = new Set<Promise<unknown>>();
  const started = performance.now();
  for (let i = 0; !signal.aborted;) {
    const due = ((performance.now() - started) / 1_000) * perSecond;
    for (; i < due && pending.size < open; i++) {
      const sent: Promise<unknown> = sendOne(i).finally(() => pending.delete(sent));
      pending.add(sent);
    }
    await wait(5);
  }
  await Promise.all(pending);
}

/** Opens sockets, each with subscriptions that ask for the whole backlog, and keeps opening those that are refused or closed. */
function sockets(total: number, subscriptions: number): Attack["run"] {
  return async (port, from, signal, outcomes) => {
    const open = new Set<WebSocket>();
    const one = () =>
      new Promise<void>((resolve) => {
        const socket = new WebSocket(`ws://${host}:${port}/graphql`, "graphql-transport-ws", { localAddress: from });
        open.add(socket);
        socket.on("unexpected-response", (_, response) => {
          count(outcomes, `socket refused ${response.statusCode}`);
          response.resume();
          socket.terminate();
          resolve();
        });
        socket.on("open", () => socket.send('{"type":"connection_init"}'));
        socket.on("message", (data: Buffer) => {
          const message = JSON.parse(data.toString()) as { type: string };
          if (message.type === "connection_ack") {
            count(outcomes, "sockets opened");
            for (let i = 0; i < subscriptions; i++)
              socket.send(
                JSON.stringify({
                  id: String(i),
                  type: "subscribe",
                  payload: { query: "subscription { bankChanged(after: 0) { revision } }" },
                }),
              );
            resolve();
          } else count(outcomes, `message ${message.type}`);
        });
        socket.on("close", (code) => {
          open.delete(socket);
          count(outcomes, `socket closed ${code}`);
          resolve();
        });
        socket.on("error", () => undefined);
      });
    for (let i = 0; i < total && !signal.aborted; i += 10)
      await Promise.race([Promise.all(Array.from({ length: Math.min(10, total - i) }, one)), wait(1_000)]);
    await aborted(signal);
    for (const socket of open) socket.terminate();
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve(), { once: true }),
  );

const commits = graphql(
  `{ ${Array.from({ length: 10 }, (_, i) => `a${i}: commit(revision: ${i + 1}) { revision title }`).join(" ")} }`,
);
const histories = graphql(
  `{ ${Array.from({ length: 10 }, (_, i) => `a${i}: history(id: "TradeOff:exact-vs-approximate-search", first: ${41 + i}) { nodes { revision } }`).join(" ")} }`,
);

const log =
  (perSecond: number): Attack["run"] =>
  (port, from, signal, outcomes) =>
    atRate(perSecond, signal, async (i) => {
      count(outcomes, outcomeOf(await send(port, from, { body: i % 2 === 0 ? commits : histories })));
    });

const wrongKey = (i: number): string => `Bearer fk_${i.toString(16).padStart(12, "0")}_${"0".repeat(64)}`;

/** Sends a text on many sockets and then says nothing more; opens anew what the server ends. */
function silent(total: number, text: string): Attack["run"] {
  return async (port, from, signal, outcomes) => {
    const open = new Set<Socket>();
    const one = () => {
      const socket = connect({ host, port, localAddress: from }, () => text && socket.write(text));
      open.add(socket);
      const started = performance.now();
      socket.on("error", () => undefined);
      socket.resume();
      socket.on("close", () => {
        open.delete(socket);
        if (!signal.aborted) count(outcomes, `ended after ${Math.ceil((performance.now() - started) / 5_000) * 5} s`);
      });
    };
    while (!signal.aborted) {
      for (let i = 0; i < 50 && open.size < total; i++) one();
      await wait(10);
    }
    outcomes["held at the end"] = open.size;
    for (const socket of open) socket.destroy();
  };
}

const uniqueDocuments: Attack["run"] = async (port, from, signal, outcomes) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  await atRate(
    4_000,
    signal,
    async (i) => {
      if (i >= 24_000) return wait(50);
      const body = graphql(`query Q${i} { questions(first: 1) { nodes { title a${i}: slug } } }`);
      count(outcomes, outcomeOf(await send(port, from, { agent, body })));
    },
    8,
  );
  agent.destroy();
};

const clients =
  (number: number): Attack["run"] =>
  async (port, from, signal, outcomes) => {
    const agent = new Agent({ keepAlive: true, maxSockets: number });
    const client = async (n: number) => {
      for (let i = n; !signal.aborted; i++) {
        const body = graphql(
          "query Page($first: Int) { questions(first: $first) { nodes { title concepts { node { title } } } } }",
          {
            first: 5 + (i % 20),
          },
        );
        // Each client has an address of its own, as 400 people would.
        const sent = await send(port, `127.1.${Math.floor(n / 200)}.${(n % 200) + 1}`, { agent, body });
        count(outcomes, outcomeOf(sent));
        if (sent.outcome !== "200") await wait(1_000);
      }
    };
    void from;
    await Promise.all(Array.from({ length: number }, (_, n) => client(n)));
    agent.destroy();
  };

const hostile: Attack["run"] = async (port, from, signal, outcomes) => {
  const requests = [...hostileRequests(), ...seededRequests(960)];
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  await atRate(
    200,
    signal,
    async (i) => {
      const { method, path, body, headers } = requests[i % requests.length]!;
      const sent = await send(port, from, {
        agent,
        ...(method && { method }),
        ...(path && { path }),
        ...(body !== undefined && { body }),
        ...(headers && { headers }),
      });
      count(outcomes, outcomeOf(sent));
    },
    4,
  );
  agent.destroy();
};

/** In the order in which they are run one after another. */
export const attacks: readonly Attack[] = [
  {
    name: "log-sockets-10",
    about: "10 sockets x 10 subscriptions to the whole log",
    seconds: 15,
    run: sockets(10, 10),
  },
  {
    name: "log-sockets-1000",
    about: "1,000 sockets x 10 subscriptions to the whole log",
    seconds: 20,
    run: sockets(1_000, 10),
  },
  { name: "log-1", about: "ten aliases of commit or of history, once a second", seconds: 15, run: log(1) },
  { name: "log-8", about: "ten aliases of commit or of history, eight times a second", seconds: 15, run: log(8) },
  {
    name: "wrong-keys",
    about: "3,000 wrong API keys a second",
    seconds: 15,
    run: async (port, from, signal, outcomes) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 50 });
      await atRate(
        3_000,
        signal,
        async (i) =>
          count(
            outcomes,
            outcomeOf(
              await send(port, from, { agent, body: graphql("{ revision }"), headers: { authorization: wrongKey(i) } }),
            ),
          ),
        50,
      );
      agent.destroy();
    },
  },
  {
    name: "half-open",
    about: "2,000 sockets with half a header",
    seconds: 25,
    run: silent(2_000, "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-ty"),
  },
  { name: "silent", about: "2,000 sockets that send nothing", seconds: 25, run: silent(2_000, "") },
  { name: "unique-documents", about: "24,000 different small documents", seconds: 20, run: uniqueDocuments },
  { name: "hostile-documents", about: "1,000 hostile documents, over and over", seconds: 15, run: hostile },
  { name: "clients-400", about: "400 clients, an address each, without a pause", seconds: 20, run: clients(400) },
];
