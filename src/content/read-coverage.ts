import { coverageOf } from "../domain/coverage/coverage";
import type { CoverageTable } from "../domain/coverage/coverage-table";
import { bankView } from "../domain/rules/bank-view";
import { readBank } from "./read-bank";
import { readFolder } from "./read-folder";
import { parseReviews, questionHashes, reviewState } from "./reviews";

/** The coverage of the bank in a folder, as far as it can be read; `reviews` is the text of its reviews' CSV. */
export async function readCoverage(dir: string, reviews: string): Promise<readonly CoverageTable[]> {
  const { files, unread } = await readFolder(dir);
  const bank = readBank(files, unread);
  return coverageOf(bankView(bank), reviewState(parseReviews(reviews).reviews, questionHashes(bank)));
}
