/** The line of an offset in a passage that starts in `first`. */
export const lineAt = (text: string, offset: number, first: number): number =>
  first + text.slice(0, offset).split("\n").length - 1;
