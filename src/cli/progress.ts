/**
 * Returns a reporter of progress on standard error. On a terminal it rewrites one line; elsewhere it writes a line a
 * step if `asked`, else nothing.
 */
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
