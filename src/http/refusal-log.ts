import type { Logger } from "pino";

/** How often refusals are told of, in milliseconds. */
const interval = 1_000;

/**
 * Tells the log how many requests were refused, by code, at most once a second: they come when there are too many requests
 * already, and a line for each would cost more than the refusal.
 */
export class RefusalLog {
  private counts: Record<string, number> = {};
  private isDue = false;

  constructor(
    private readonly logger: Pick<Logger, "info">,
    private readonly later: (write: () => void) => void = (write) => void setTimeout(write, interval).unref(),
  ) {}

  count(code: string): void {
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    if (this.isDue) return;
    this.isDue = true;
    this.later(() => this.write());
  }

  /** Tells of those that were counted since the last time. */
  write(): void {
    this.isDue = false;
    const refused = this.counts;
    if (Object.keys(refused).length === 0) return;
    this.counts = {};
    this.logger.info({ refused }, "requests refused");
  }
}
