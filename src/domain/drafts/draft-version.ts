import { DomainError } from "../errors";

/** Throws CONFLICT unless the draft that is stored has this version; 0 stands for a draft that is not there. */
export function assertVersion(draft: string, stored: number, wanted: number): void {
  if (stored === wanted) return;
  const now = stored === 0 ? "there is none" : `it is at version ${stored}`;
  const expected = wanted === 0 ? "expected to be new" : `expected at version ${wanted}`;
  throw new DomainError("CONFLICT", `The draft ${JSON.stringify(draft)} was ${expected}, but ${now}.`);
}
