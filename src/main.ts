import { readConfig } from "./config";
import { failureText } from "./domain/errors";
import { serve } from "./serve";
import { fitYoungGeneration } from "./young-generation";

async function main(): Promise<void> {
  fitYoungGeneration();
  await serve(readConfig(process.env));
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
});
