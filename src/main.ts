import { ConfigError, readConfig } from "./config";
import { DomainError } from "./domain/errors";
import { serve } from "./serve";

async function main(): Promise<void> {
  await serve(readConfig(process.env));
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof DomainError;
  process.stderr.write(`${expected ? error.message : ((error as Error)?.stack ?? error)}\n`);
  process.exit(1);
});
