/** The signals that ask to stop, with the numbers that the system gives them. */
const stopSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** How long a signal may come again as an echo, and how often the parent is looked at, in milliseconds. */
const echoMilliseconds = 500;
const parentMilliseconds = 500;

/**
 * Calls `stop` when the process is told to end. A second signal ends it at once, with 128 and the signal's number for an
 * exit code. Under npm two things differ: a Ctrl-C comes twice, from the terminal and from npm, so that one signal may
 * have an echo; and npm passes on neither a hang-up nor its own death, so that the end of the parent is a signal as well.
 */
export function onStopSignal(stop: () => void, isUnderNpm: boolean): void {
  let stoppedAt: number | null = null;
  for (const [signal, number] of Object.entries(stopSignals)) {
    process.on(signal, () => {
      const now = performance.now();
      if (stoppedAt !== null && !(isUnderNpm && now - stoppedAt < echoMilliseconds)) process.exit(128 + number);
      stoppedAt ??= now;
      stop();
    });
  }
  if (!isUnderNpm) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    stoppedAt ??= performance.now();
    stop();
  }, parentMilliseconds);
  look.unref();
}
