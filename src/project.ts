import { readFileSync } from "node:fs";
import path from "node:path";

/** The folder that holds package.json, seed/ and test/, whether the program runs from src or from dist. */
export const projectRoot = path.resolve(__dirname, "..");

export const { version } = JSON.parse(readFileSync(path.join(projectRoot, "package.json"), "utf8")) as {
  readonly version: string;
};
