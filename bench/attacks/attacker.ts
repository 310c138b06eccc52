// A process of its own that attacks: `attacker.ts NAME PORT ADDRESS`, until it is told to end on standard input; then it prints outcomes as JSON.
import { attacks, type Outcomes } from "./attacks";

async function main(): Promise<void> {
  const [name, port, from] = process.argv.slice(2) as [string, string, string];
  const attack = attacks.find((each) => each.name === name);
  if (!attack) throw new Error(`There is no attack ${name}.`);
  const end = new AbortController();
  process.stdin.once("end", () => end.abort()).resume();
  const outcomes: Outcomes = {};
  await attack.run(Number(port), from, end.signal, outcomes);
  process.stdout.write(JSON.stringify(outcomes));
  process.exit(0);
}

void main();
