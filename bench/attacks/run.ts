// `npm run attacks -- [names …]`: attacks a server on loopback, and tells what health probes and readers beside them meet. Each attack meets
// a server of its own; then, with the name "sequence", one server with a heap of 256 MB meets all of them one after another.
// ATTACK_CHECKOUT names another built checkout whose server is to be attacked, ATTACK_SAME=1 lets all come from one address.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { constants, getPriority, setPriority, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Attack, attacks, type Outcomes } from "./attacks";
import { type Latencies, observe, type Observed } from "./observer";
import { startTarget, type Target } from "./target";

const attackers = "127.0.0.2";
const readers = process.env["ATTACK_SAME"] ? attackers : "127.0.0.3";
const checkout = process.env["ATTACK_CHECKOUT"];
const quietSeconds = 8;
const calmSeconds = 2;

interface Result {
  readonly attack: Attack;
  readonly quiet: Observed;
  readonly during: Observed;
  readonly after: Observed;
  readonly megabytes: { readonly before: number; readonly max: number; readonly after: number };
  readonly outcomes: Outcomes;
  readonly ended: number | string | null;
}

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const chosen = attacks.filter(({ name }) => names.length === 0 || names.includes(name));
  const folder = mkdtempSync(path.join(tmpdir(), "fulcrum-attacks-"));
  const port = 42_600;
  const target = (heapMegabytes?: number) =>
    startTarget(path.join(folder, "bank.db"), port, {
      ...(heapMegabytes !== undefined && { heapMegabytes }),
      ...(checkout !== undefined && { checkout: path.resolve(checkout) }),
    });
  try {
    process.stdout.write(`${header}\n`);
    for (const attack of chosen) {
      const server = await target();
      process.stdout.write(`${row(await meet(server, attack))}\n`);
      await server.stop();
    }
    if (names.length === 0 || names.includes("sequence")) {
      const server = await target(256);
      for (const attack of attacks) process.stdout.write(`${row(await meet(server, attack), "256 MB heap, ")}\n`);
      process.stdout.write(`\nWith a heap of 256 MB, after all of them: ${server.ended() ?? "still running"}.\n`);
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is observed before, during and after an attack. */
async function meet(server: Target, attack: Attack): Promise<Result> {
  await observeFor(server, 2);
  const quiet = await observeFor(server, quietSeconds);
  const before = server.megabytes();
  let max = before;
  const attacker = spawn(
    process.execPath,
    ["--import", "tsx", path.join(__dirname, "attacker.ts"), attack.name, String(server.port), attackers],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  // Attackers have machines of their own elsewhere: here they get what the server leaves.
  if (attacker.pid !== undefined)
    setPriority(attacker.pid, Math.min(constants.priority.PRIORITY_LOW, getPriority() + 10));
  let text = "";
  attacker.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(attacker, "close");
  await wait(500);
  const watching = setInterval(() => (max = Math.max(max, server.megabytes())), 50);
  const during = await observeFor(server, attack.seconds);
  attacker.stdin.end();
  await Promise.race([ended, wait(25_000)]);
  attacker.kill("SIGKILL");
  clearInterval(watching);
  await wait(calmSeconds * 1_000);
  const after = await observeFor(server, quietSeconds / 2);
  return {
    attack,
    quiet,
    during,
    after,
    megabytes: { before, max, after: server.megabytes() },
    outcomes: text === "" ? { "the attacker did not end": 1 } : (JSON.parse(text) as Outcomes),
    ended: server.ended(),
  };
}

async function observeFor(server: Target, seconds: number): Promise<Observed> {
  const end = new AbortController();
  const observing = observe(server.port, readers, end.signal);
  await wait(seconds * 1_000);
  end.abort();
  return observing;
}

const header = `| attack | probes p99 / longest, ms | readers p99 quiet, during, after, ms | readers answered, other | MB before, most, after | outcomes |
|---|---|---|---|---|---|`;

const whole = (value: number) => String(Math.round(value));
const tail = ({ p99 }: Latencies) => (p99 < 10 ? p99.toFixed(1) : whole(p99));

function row({ attack, quiet, during, after, megabytes, outcomes, ended }: Result, prefix = ""): string {
  const others = Object.entries(during.refused).map(([name, number]) => `${number} x ${name}`);
  const cells = [
    `${prefix}${attack.about}`,
    `${tail(during.probes)} / ${whole(during.probes.longest)}`,
    `${tail(quiet.bystanders)}, ${tail(during.bystanders)}, ${tail(after.bystanders)}`,
    `${during.bystanders.count}${others.length > 0 ? `, ${others.join(", ")}` : ""}`,
    `${whole(megabytes.before)}, ${whole(megabytes.max)}, ${whole(megabytes.after)}`,
    [
      ...Object.entries(outcomes).map(([name, number]) => `${number} x ${name}`),
      ...(ended === null ? [] : [`**the server ended: ${ended}**`]),
    ].join(", "),
  ];
  return `| ${cells.join(" | ")} |`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
