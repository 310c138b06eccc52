import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

/**
 * Lets a process run a script that writes to the file and prints the number of each thing that was acknowledged. Kills it
 * after that many and a few milliseconds more, in the middle of whatever it is then doing, and gives the last number.
 */
export async function untilKilled(script: string, path: string, count: number, milliseconds: number): Promise<number> {
  const scripts = ["--require", join(__dirname, "..", "..", "typescript.cjs"), join(__dirname, script)];
  const writer = spawn(process.execPath, [...scripts, path], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(writer, "exit");
  let acknowledged = 0;
  let printed = 0;
  for await (const line of createInterface(writer.stdout)) {
    acknowledged = Number(line);
    if (++printed === count) void wait(milliseconds).then(() => writer.kill("SIGKILL"));
  }
  const [, signal] = (await ended) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
  return acknowledged;
}
