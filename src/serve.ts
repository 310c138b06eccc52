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
 * Runs the server until SIGTERM, SIGINT or SIGHUP: it listens at once (health answers from then on), prepares the
 * store, serves, and drains. A second signal ends the process immediately. Throws a DomainError for faults that the
 * operator has to fix.
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

/**
 * Listens, and returns the address, such as `http://localhost:4000`. `prefix` begins the names of the settings that an
 * error advises to change. Throws INVALID_ARGUMENT for an address that cannot be used.
 */
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

/** Closes the servers and the store, which would keep a process alive after a failed start. */
async function abandon(servers: readonly (Server | null)[], store: Database): Promise<void> {
  for (const server of servers) {
    server?.close();
    server?.closeAllConnections();
  }
  await store.close().catch(() => undefined);
}

/**
 * Creates the logger. It writes JSON lines to standard output; on a terminal it writes one line with the server's
 * address, and one for each warning or error. Bodies, variables and credentials are never passed to it.
 */
export const createLogger = (level: string, isTerminal = false): Logger =>
  isTerminal ? pino({ level, base: null }, terminal(process.stdout)) : pino({ level, base: { pid: process.pid } });
const warning = 40;

/** Turns log entries into lines for people: the address, warnings and errors. Other entries are left out. */
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
 * Brings the store into the state that serving needs: set up and upgraded (unless told not to), and filled from the
 * seed if empty. Then calls `open`. An unreachable store is tried again until it answers or `signal` fires. Throws for
 * failures that waiting cannot mend.
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

/** Returns the error for a store that was opened, but holds something that this program cannot have written. */
function unreadable(cause: unknown, logger: Logger): DomainError {
  logger.debug({ err: cause }, "the store cannot be read");
  const message = cause instanceof Error ? cause.message : String(cause);
  return new DomainError(
    "STORE_UNUSABLE",
    `The store holds what cannot be read (${message}). "fulcrum verify" names what is damaged; restore it from a backup.`,
    { cause },
  );
}

/** The signals that ask to stop, with their numbers. */
const stopSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * The time in which a repeated signal is an echo, and the interval between two looks at the parent, in milliseconds.
 */
const echoMilliseconds = 500;
const parentMilliseconds = 500;

/**
 * Calls `stop` when the process is told to end. A second signal ends the process at once, with 128 plus the signal's
 * number as exit code. Two things differ under npm. A Ctrl-C arrives twice, from the terminal and from npm, so one
 * signal may have an echo. npm also passes on neither a hang-up nor its own death, so the end of the parent counts as a
 * signal.
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
