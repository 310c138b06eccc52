import { DomainError } from "../../domain/errors";
import { type BatchLimits, batchLimits } from "./packer";

/** Commits of this size are not made smaller when they take the store too long. */
const smallest = 50;

/** How large the commits of one import are: smaller from when a store was not done with one in time. It may be slow, or busy. */
export class CommitSizes {
  constructor(private current: BatchLimits = batchLimits) {}

  get limits(): BatchLimits {
    return this.current;
  }

  /**
   * Does the work with the present limits, and again with smaller ones as long as the store is late; it has to find out what
   * of it is left to do then. Throws what the work throws.
   */
  async inTime<T>(work: (isAgain: boolean) => Promise<T>): Promise<T> {
    for (let isAgain = false; ; isAgain = true) {
      try {
        return await work(isAgain);
      } catch (error) {
        const isLate = error instanceof DomainError && error.code === "DEADLINE_EXCEEDED";
        if (!isLate || this.current.items <= smallest) throw error;
        this.current = smaller(this.current);
      }
    }
  }
}

const smaller = ({ items, bytes }: BatchLimits): BatchLimits => ({
  items: Math.max(smallest, Math.floor(items / 4)),
  bytes: Math.floor(bytes / 4),
});
