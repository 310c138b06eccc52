import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder that holds package.json, seed/ and test/, whether run from src or from dist. */
export const projectRoot = path.resolve(__dirname, "..");

/** The program's version. */
export const { version } = JSON.parse(readFileSync(path.join(projectRoot, "package.json"), "utf8")) as {
  readonly version: string;
};
