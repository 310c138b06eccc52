import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(__dirname, "..", "..");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real command line in a process of its own, and what came of it in the end. */
export function startCli(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Record<string, string>;
    readonly input?: string;
    /** Commands of a shell that come before it, and see mounts that nobody else sees. */
    readonly before?: string;
  } = {},
): { readonly child: ChildProcess; readonly outcome: Promise<Outcome> } {
  const command = [
    process.execPath,
    "--require",
    path.join(root, "test", "typescript.cjs"),
    path.join(root, "src", "cli", "fulcrum.ts"),
    ...args,
  ];
  const [program, ...rest] = options.before
    ? ["unshare", "-m", "sh", "-c", `${options.before} && cd . && exec "$@"`, "sh", ...command]
    : command;
  const child = spawn(program as string, rest, {
    cwd: options.cwd ?? root,
    env: { PATH: process.env["PATH"] ?? "", ...options.env },
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.end(options.input);
  const [stdout, stderr] = [
    collect(child.stdout as NodeJS.ReadableStream),
    collect(child.stderr as NodeJS.ReadableStream),
  ];
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
  return { child, outcome };
}

export const runCli = (...[args, options]: Parameters<typeof startCli>): Promise<Outcome> =>
  startCli(args, options).outcome;

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString("utf8");
}
