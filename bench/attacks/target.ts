import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import path from "node:path";

const root = path.resolve(__dirname, "..", "..");

/** The server under attack: the built program in a process of its own. */
export interface Target {
  readonly port: number;
  /** Megabytes that the process holds now, of 1,000,000 bytes. */
  megabytes(): number;
  /** Null while it runs; else the exit code or the signal that ended it. */
  ended(): number | string | null;
  stop(): Promise<void>;
}

/** Where the server listens; attackers and bystanders come from other loopback addresses. */
export const host = "127.0.0.1";

/** Starts `dist/main.js` of a checkout with the seed in a file of its own, and waits until it is ready. */
export async function startTarget(
  file: string,
  port: number,
  { heapMegabytes, checkout = root }: { readonly heapMegabytes?: number; readonly checkout?: string } = {},
): Promise<Target> {
  const flags = [
    "--max-semi-space-size=8",
    ...(heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`]),
  ];
  const child: ChildProcess = spawn(process.execPath, [...flags, path.join(checkout, "dist", "main.js")], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: host,
      PORT: String(port),
      FULCRUM_STORE: `sqlite:${file}`,
      FULCRUM_LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = () => child.exitCode ?? child.signalCode;
  while (!(await isReady(port))) {
    if (ended() !== null) throw new Error(`The server ended with ${ended()} before it was ready.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    ended,
    megabytes: () => {
      const status = ended() === null ? readFileSync(`/proc/${child.pid}/status`, "utf8") : "";
      return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024) / 1_000_000;
    },
    stop: async () => {
      if (ended() !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

const isReady = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    request({ host, port, path: "/readyz" }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on("error", () => resolve(false))
      .end();
  });
