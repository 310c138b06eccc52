import { failureText } from "./domain/errors";
import { fitYoungGeneration } from "./young-generation";

async function main(): Promise<void> {
  // The rest is loaded only afterwards, since loading it would already let the generation grow.
  fitYoungGeneration();
  const { readConfig } = await import("./config.js");
  const { serve } = await import("./serve.js");
  await serve(readConfig(process.env));
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
});
