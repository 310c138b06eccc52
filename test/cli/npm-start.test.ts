import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import readline from "node:readline";
import { withFolder } from "../content/temporary-folder";

const root = path.resolve(__dirname, "..", "..");

interface Started {
  readonly npm: ChildProcess;
  readonly url: string;
  /** Of the process that serves. */
  readonly pid: number;
  /** Ends when the log has the entry. */
  said(msg: string): Promise<void>;
}

/** `npm start` in this checkout, with a store and a home of its own; ends when it is ready. */
async function npmStart(folder: string, env: Record<string, string> = {}): Promise<Started> {
  const npm = spawn("npm", ["start", "--silent"], {
    cwd: root,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      FULCRUM_STORE: `sqlite:${path.join(folder, "a.db")}`,
      FULCRUM_SEED: "off",
      HOST: "127.0.0.1",
      PORT: "0",
      FULCRUM_DRAIN_MS: "0",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const entries: { msg: string; url?: string; pid: number }[] = [];
  const lines = readline.createInterface({ input: npm.stdout as NodeJS.ReadableStream });
  lines.on("line", (line) => entries.push(JSON.parse(line) as (typeof entries)[number]));
  const entry = async (msg: string) => {
    for (;;) {
      const found = entries.find((each) => each.msg === msg);
      if (found) return found;
      if (npm.exitCode !== null) throw new Error(`npm ended with ${npm.exitCode} and did not say "${msg}".`);
      await Promise.race([once(lines, "line"), once(npm, "exit")]);
    }
  };
  const { url, pid } = await entry("ready");
  return { npm, url: url as string, pid, said: async (msg) => void (await entry(msg)) };
}

/** Sends a process a signal; false where there is no such process any more. */
function isSent(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Ends when no process has this id any more. */
async function untilGone(pid: number): Promise<void> {
  while (isSent(pid, 0)) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("npm start", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("drains on %s to npm, and both end with exit code 0", (signal) =>
    withFolder(async (folder) => {
      const { npm, pid, said } = await npmStart(folder);
      npm.kill(signal);
      const exited = once(npm, "exit");
      await said("stopped");
      expect(await exited).toEqual([0, null]);
      await untilGone(pid);
    }),
  );

  it.each(["SIGHUP", "SIGKILL"] as const)("drains and leaves no server behind when npm ends by %s", (signal) =>
    withFolder(async (folder) => {
      const { npm, pid, said } = await npmStart(folder);
      npm.kill(signal);
      await said("stopped");
      await untilGone(pid);
    }),
  );

  it("prints one line for people on a terminal", () =>
    withFolder(async (folder) => {
      const command = `FULCRUM_SEED=off HOST=127.0.0.1 PORT=0 FULCRUM_DRAIN_MS=0 FULCRUM_STORE=sqlite:${folder}/a.db npm start --silent`;
      const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
      let text = "";
      const answers = new Promise<string>((resolve) =>
        child.stdout.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          const url = /Fulcrum answers at (http:\S+)/.exec(text)?.[1];
          if (url) resolve(url);
        }),
      );
      const health = await fetch(new URL("/healthz", await answers));
      expect(health.status).toBe(200);
      child.stdin.write("\u0003");
      await once(child, "exit");
      const lines = text.split(/\r?\n/).filter((line) => line.includes("Fulcrum") || line.includes("{"));
      expect(lines).toEqual([
        expect.stringMatching(/^Fulcrum answers at http:\/\/127.0.0.1:\d+\/graphql \(Ctrl-C ends it\).$/),
      ]);
    }));
});

describe("the server's process", () => {
  it.each([
    ["SIGHUP", "SIGTERM", 143],
    ["SIGTERM", "SIGINT", 130],
    ["SIGINT", "SIGHUP", 129],
  ] as const)("that drains by %s ends at once by %s, with exit code %d", (first, second, code) =>
    withFolder(async (folder) => {
      const { npm, pid, said } = await npmStart(folder, { FULCRUM_DRAIN_MS: "60000" });
      process.kill(pid, first);
      await said("draining");
      const exited = once(npm, "exit");
      // Under npm a signal has an echo, so it is sent until it is taken for another one, and npm ends after the server.
      const again = setInterval(() => isSent(pid, second), 100);
      const [ended] = (await exited) as [number | null];
      clearInterval(again);
      expect(ended).toBe(code);
      await untilGone(pid);
    }),
  );
});
