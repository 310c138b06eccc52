import { failureText } from "./domain/errors";
import { fitYoungGeneration } from "./young-generation";

async function main(): Promise<void> {
  // Before the rest is loaded, which would have it grow already.
  fitYoungGeneration();
  const { readConfig } = await import("./config.js");
  const { serve } = await import("./serve.js");
  await serve(readConfig(process.env));
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
});
