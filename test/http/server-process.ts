import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import readline from "node:readline";
import { unlimited } from "./running-app";

const root = path.resolve(__dirname, "..", "..");

export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** What the log said, a parsed line each. */
  readonly log: Record<string, unknown>[];
  stop(): Promise<number | null>;
}

/** The real program in a process of its own, as `npm start` runs it, on a free port; ends when it says that it is so far. */
export async function startServer(
  env: Record<string, string> = {},
  so: "listening" | "ready" = "ready",
): Promise<ServerProcess> {
  const folder = mkdtempSync(path.join(tmpdir(), "fulcrum-"));
  const child = spawn(
    process.execPath,
    ["--import", pathToFileURL(require.resolve("tsx")).href, path.join(root, "src", "main.ts")],
    {
      cwd: folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        PORT: "0",
        HOST: "127.0.0.1",
        FULCRUM_SEED: "off",
        FULCRUM_DRAIN_MS: "0",
        ...unlimited,
        TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json"),
        NODE_PATH: path.join(root, "node_modules"),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const log: Record<string, unknown>[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${errors}`)));
    readline.createInterface({ input: child.stdout }).on("line", (text) => {
      const entry = JSON.parse(text) as Record<string, unknown>;
      log.push(entry);
      if (entry["msg"] === so) resolve(new URL(entry["url"] as string).origin);
    });
  });
  child.removeAllListeners("exit");
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    rmSync(folder, { recursive: true, force: true });
    return child.exitCode;
  };
  return { url, child, log, stop };
}
