import { DomainError } from "../domain/errors";

export const maxTextLength = 200;

/** Throws INVALID_ARGUMENT for a text that holds nothing but blanks, or more than `maxTextLength` characters. */
export function assertText(text: string): void {
  if (text.trim() === "") throw new DomainError("INVALID_ARGUMENT", "text must hold something to search for.");
  if ([...text].length > maxTextLength)
    throw new DomainError(
      "INVALID_ARGUMENT",
      `text must be at most ${maxTextLength} characters, but has ${[...text].length}.`,
    );
}
