import { Command } from "commander";
import { readConfig, variables } from "../config";
import { environment, storeOption, type StoreOption } from "./store-option";

const settings = Object.entries(variables)
  .map(([name, { about, fallback }]) => `  ${name.padEnd(24)}${about}${fallback === "" ? "" : ` Default: ${fallback}`}`)
  .join("\n");

export const serveCommand = (): Command =>
  new Command("serve")
    .description("Serve the GraphQL API until SIGTERM, SIGINT or SIGHUP; an empty store is filled from the seed first.")
    .addOption(storeOption())
    .addHelpText(
      "after",
      `
Environment:
${settings}

Exit codes: 0 stopped by a signal, 1 failed, 2 wrong usage.

Examples:
  fulcrum serve
  PORT=8080 fulcrum serve --store neo4j://localhost:7687`,
    )
    .action(async (options: StoreOption) => {
      const config = readConfig(environment(options));
      // The server is most of the program; the other commands start faster without it.
      const { serve } = await import("../serve.js");
      await serve(config);
    });
