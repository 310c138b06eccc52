import { readConfig } from "./config";
import { failureText } from "./domain/errors";
import { serve } from "./serve";

async function main(): Promise<void> {
  await serve(readConfig(process.env));
}

main().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
});
