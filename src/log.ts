import { Writable } from "node:stream";
import pino, { type Logger } from "pino";

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
