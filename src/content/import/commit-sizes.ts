import { DomainError } from "../../domain/errors";
import { type BatchLimits, batchLimits } from "./packer";

/** The smallest size to which commits shrink when they take the store too long, in items. */
const smallest = 50;

/**
 * The size of the commits of one import. It shrinks after a commit that the store did not finish in time: the store may
 * be slow or busy.
 */
export class CommitSizes {
  constructor(private current: BatchLimits = batchLimits) {}

  get limits(): BatchLimits {
    return this.current;
  }

  /**
   * Runs the work with the present limits, and again with a quarter of them whenever the store is late. `isAgain` tells
   * the work to find out what is left to do. Throws the work's errors; DEADLINE_EXCEEDED once commits are as small as
   * possible.
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
