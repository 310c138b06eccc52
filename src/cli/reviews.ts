import { readFile } from "node:fs/promises";
import path from "node:path";
import { Command } from "commander";
import { projectRoot } from "../project";
import { DomainError } from "../domain/errors";
import { nearNames, didYouMean } from "../domain/near-names";
import { counted } from "../content/lint-text";
import { readBank } from "../content/read-bank";
import { readFolder } from "../content/read-folder";
import { parseReviews, questionHashes, reviewState } from "../content/reviews";

const defaultFile = path.join(projectRoot, "docs", "bank-reviews.csv");

export const reviewsCommand = (): Command =>
  new Command("reviews")
    .description("Tell which reviews of questions are of earlier texts; with slugs, print their content hashes.")
    .argument("<dir>", "the bank's folder")
    .argument("[slugs...]", "questions whose hashes to print, each a line: slug,hash")
    .option("--file <csv>", "the reviews: slug,content hash,verdict,fault found", defaultFile)
    .addHelpText(
      "after",
      `
A hash is of the file's canonical text: it stays when only the form of the file changes. A review of an earlier
text is a note, not an error.

Exit codes: 0 done, 1 a line of the reviews cannot be read, or a question does not exist, 2 wrong usage.

Examples:
  fulcrum reviews seed
  fulcrum reviews seed bloom-filter-before-the-disk`,
    )
    .action(async (dir: string, slugs: readonly string[], { file }: { readonly file: string }) => {
      const { files, unread } = await readFolder(dir);
      const hashes = questionHashes(readBank(files, unread));
      if (slugs.length > 0) return printHashes(slugs, hashes);
      const { reviews, faults } = parseReviews(await readReviews(file));
      const { current, outdated } = reviewState(reviews, hashes);
      for (const fault of faults) process.stdout.write(`${file}: error ${fault}\n`);
      for (const { slug, line } of outdated) {
        const what = hashes.has(slug) ? "has changed since it was reviewed" : "is no question of the bank";
        process.stdout.write(`${file}:${line}:1 note stale-review ${slug} ${what}.\n`);
      }
      process.stderr.write(
        `${counted(current, "question")} reviewed as they are, ${counted(outdated.length, "note")}\n`,
      );
      if (faults.length > 0) process.exitCode = 1;
    });

async function readReviews(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    throw new DomainError("INVALID_ARGUMENT", `The reviews ${file} cannot be read (${code}).`, { cause });
  }
}

function printHashes(slugs: readonly string[], hashes: ReadonlyMap<string, string>): void {
  for (const slug of slugs) {
    const hash = hashes.get(slug);
    if (hash === undefined) {
      const near = didYouMean(nearNames(slug, hashes.keys()));
      throw new DomainError("INVALID_ARGUMENT", `There is no question ${JSON.stringify(slug)} in the bank.${near}`);
    }
    process.stdout.write(`${slug},${hash}\n`);
  }
}
