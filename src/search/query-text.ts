import { DomainError } from "../domain/errors";

export const longestText = 200;

/** Throws INVALID_ARGUMENT for a text that holds nothing but blanks, or more than `longestText` characters. */
export function assertText(text: string): void {
  if (text.trim() === "") throw new DomainError("INVALID_ARGUMENT", "text must hold something to search for.");
  if ([...text].length > longestText)
    throw new DomainError(
      "INVALID_ARGUMENT",
      `text must be at most ${longestText} characters, but has ${[...text].length}.`,
    );
}
