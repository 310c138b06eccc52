import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import pino, { type Logger } from "pino";
import { createApp } from "./app";
import type { Config } from "./config";
import { seedIfEmpty } from "./content/seed-if-empty";
import type { Database } from "./domain/database";
import { DomainError } from "./domain/errors";
import type { GraphStore } from "./domain/graph/port";
import { openStore } from "./store/open-store";

/**
 * Runs the server until SIGTERM, SIGINT or SIGHUP: listens at once (health answers from then on), prepares the store,
 * serves, drains. A second signal ends the process where it is. Throws a DomainError for what its operator has to mend.
 */
export async function serve(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel, process.stdout.isTTY);
  const store = await openStore(config.store);
  const app = await createApp({ config, store, logger });
  const stop = new AbortController();
  onStopSignal(() => stop.abort(), process.env["npm_lifecycle_event"] !== undefined);

  try {
    const url = `${await listen(app.server, config, "")}/graphql`;
    logger.info({ url }, "listening");
    if (config.metrics && app.metricsServer)
      logger.info({ url: `${await listen(app.metricsServer, config.metrics, "FULCRUM_METRICS_")}/metrics` }, "metrics");
    await prepareStore(store, config, logger, stop.signal, () => app.open(stop.signal));
    if (!stop.signal.aborted) {
      logger.info({ url, milliseconds: Math.round(performance.now()) }, "ready");
      await once(stop.signal, "abort");
    }
  } catch (error) {
    await abandon([app.server, app.metricsServer], store);
    throw error;
  }
  logger.info("draining");
  await app.drain();
  await store.close();
  logger.info("stopped");
}

/** The address, once it is listened at. `prefix` is what the names of its settings begin with. */
async function listen(server: Server, { host, port }: Pick<Config, "host" | "port">, prefix: string): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    const reason = listenFailures[code];
    if (!reason) throw cause;
    const advice = reason.replace(/HOST|PORT/, (name) => prefix + name);
    throw new DomainError("INVALID_ARGUMENT", `The server cannot listen on port ${port} of ${host}: ${advice}`, {
      cause,
    });
  }
  const { port: given } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${given}`;
}

const noSuchHost = "this machine has no such address. Set HOST to one that it has, or to 0.0.0.0 for all.";
const listenFailures: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program does already. End that one, or set PORT to another port.",
  EACCES: "this user may not. Set PORT to one from 1024 up.",
  EADDRNOTAVAIL: noSuchHost,
  ENOTFOUND: noSuchHost,
  EAI_AGAIN: noSuchHost,
  EINVAL: noSuchHost,
};

/** Lets go of what would keep a process alive that has failed to start. */
async function abandon(servers: readonly (Server | null)[], store: Database): Promise<void> {
  for (const server of servers) {
    server?.close();
    server?.closeAllConnections();
  }
  await store.close().catch(() => undefined);
}

/**
 * JSON lines on standard output; on a terminal one line says where the server is, and others what went wrong. Bodies,
 * variables and credentials are never given to it.
 */
export const createLogger = (level: string, isTerminal = false): Logger =>
  isTerminal ? pino({ level, base: null }, terminal(process.stdout)) : pino({ level, base: { pid: process.pid } });
const warning = 40;

/** Turns entries of the log into lines for people. Those of single requests are left out, unless they went wrong. */
const terminal = (out: NodeJS.WritableStream): Writable =>
  new Writable({
    write: (line: Buffer, _encoding, done) => {
      const { level, msg, url, err } = JSON.parse(line.toString()) as LogEntry;
      if (msg === "ready" && url) out.write(`Fulcrum answers at ${url} (Ctrl-C ends it).\n`);
      else if (level >= warning) out.write(`${err?.message ? `${msg}: ${err.message}` : msg}\n`);
      done();
    },
  });

interface LogEntry {
  readonly level: number;
  readonly msg: string;
  readonly url?: string;
  readonly err?: { readonly message?: string };
}

const pauseMilliseconds = 200;

/**
 * Brings the store into the state that serving needs: set up and upgraded (unless told not to), and filled from the seed
 * if empty; then calls `open`, which `signal` ends. A store that cannot be reached is tried again until it can or `signal`
 * fires. Throws for what waiting cannot mend.
 */
export async function prepareStore(
  store: GraphStore,
  config: Config,
  logger: Logger,
  signal: AbortSignal,
  open: () => Promise<void>,
): Promise<void> {
  for (let told = false; !signal.aborted;) {
    try {
      if (config.migrate) await store.migrate();
      await store.ping();
      if (config.seedFolder !== null) {
        const onCommit = (progress: { done: number; total: number }) =>
          logger.info(progress, "filling the empty store");
        await seedIfEmpty(store, config.seedFolder, { onCommit });
      }
      return await open();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DomainError)) throw unreadable(error, logger);
      if (!["STORE_UNAVAILABLE", "DEADLINE_EXCEEDED"].includes(error.code)) throw error;
      if (!told) logger.warn({ err: error }, "the store cannot be reached; trying again until it can");
      told = true;
      await wait(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** What a store is that was opened, and holds something that no program of ours can have written. */
function unreadable(cause: unknown, logger: Logger): DomainError {
  logger.debug({ err: cause }, "the store cannot be read");
  const message = cause instanceof Error ? cause.message : String(cause);
  return new DomainError(
    "STORE_UNUSABLE",
    `The store holds what cannot be read (${message}). "fulcrum verify" names what is damaged; restore it from a backup.`,
    { cause },
  );
}

/** The signals that ask to stop, with the numbers that the system gives them. */
const stopSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** How long a signal may come again as an echo, and how often the parent is looked at, in milliseconds. */
const echoMilliseconds = 500;
const parentMilliseconds = 500;

/**
 * Calls `stop` when the process is told to end. A second signal ends it at once, with 128 and the signal's number for an
 * exit code. Under npm two things differ: a Ctrl-C comes twice, from the terminal and from npm, so that one signal may
 * have an echo; and npm passes on neither a hang-up nor its own death, so that the end of the parent is a signal as well.
 */
function onStopSignal(stop: () => void, isUnderNpm: boolean): void {
  let stoppedAt: number | null = null;
  for (const [signal, number] of Object.entries(stopSignals)) {
    process.on(signal, () => {
      const now = performance.now();
      if (stoppedAt !== null && !(isUnderNpm && now - stoppedAt < echoMilliseconds)) process.exit(128 + number);
      stoppedAt ??= now;
      stop();
    });
  }
  if (!isUnderNpm) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    stoppedAt ??= performance.now();
    stop();
  }, parentMilliseconds);
  look.unref();
}
