/** Tells on standard error how far long work is: on a terminal in one line that changes, else, if asked, a line a step. */
export function progressReporter(
  asked: boolean | undefined,
  what = "changes committed",
): (step: { readonly done: number; readonly total: number }) => void {
  const { stderr } = process;
  if (!asked && !stderr.isTTY) return () => undefined;
  return ({ done, total }) => {
    const text = `${done} of ${total} ${what}`;
    stderr.write(stderr.isTTY ? `\r${text}${done === total ? "\n" : ""}` : `${text}\n`);
  };
}
