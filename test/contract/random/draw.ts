/** Random decisions, the same for the same seed: Mulberry32, which is enough to vary a test. */
export class Draw {
  constructor(private state: number) {}

  /** A whole number from 0 to `max`. */
  number(max: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (max + 1));
  }

  chance(percent: number): boolean {
    return this.number(99) < percent;
  }

  /** One of the values; undefined if there are none. */
  maybeOf<T>(values: readonly T[]): T | undefined {
    return values[this.number(Math.max(0, values.length - 1))];
  }

  of<T>(values: readonly T[]): T {
    if (values.length === 0) throw new Error("There is nothing to choose from.");
    return this.maybeOf(values) as T;
  }

  /** Between `min` and `max` of the values, each at most once, in random order. */
  some<T>(values: readonly T[], min: number, max: number): T[] {
    const left = [...values];
    const count = Math.min(left.length, min + this.number(max - min));
    return Array.from({ length: count }, () => left.splice(this.number(left.length - 1), 1)[0] as T);
  }

  times<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: min + this.number(max - min) }, make);
  }
}
