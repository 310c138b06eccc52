import { execFileSync } from "node:child_process";

/** Where a Chromium is installed, or why there is none. `FULCRUM_TEST_BROWSER=required` makes its absence a failure. */
export function findBrowser(): { readonly executable: string } | { readonly missing: string } {
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    try {
      return { executable: execFileSync("which", [name], { encoding: "utf8" }).trim() };
    } catch {
      continue;
    }
  }
  const missing = "no Chromium is installed, so the IDE is not tried in a browser";
  if (process.env["FULCRUM_TEST_BROWSER"] === "required") throw new Error(missing);
  return { missing };
}

/** Headless, as root too, and silent on the network. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
