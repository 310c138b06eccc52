import pino, { type Logger } from "pino";

/** JSON lines on standard output. Bodies, variables and credentials are never given to it. */
export const createLogger = (level: string): Logger => pino({ level, base: { pid: process.pid } });
