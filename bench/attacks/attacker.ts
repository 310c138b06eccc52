// A process of its own that makes one attack: `attacker.ts NAME PORT FROM SECONDS SCALE`. Tells in JSON what came back.
import { attacks, Counts } from "./attacks";

async function main(): Promise<void> {
  const [name, port, from, seconds, scale] = process.argv.slice(2) as [string, string, string, string, string];
  const attack = attacks.find((each) => each.name === name);
  if (!attack) throw new Error(`There is no attack of this name, but: ${attacks.map((each) => each.name).join("; ")}.`);
  const counts = new Counts();
  await attack.run({ port: Number(port), from, seconds: Number(seconds), scale: Number(scale) }, counts);
  const sorted = counts.refusals.sort((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)];
  process.stdout.write(JSON.stringify({ counts, refusalP99: p99 === undefined ? null : Math.round(p99) }), () =>
    process.exit(0),
  );
}

void main();
