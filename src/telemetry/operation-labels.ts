/** How many operations have figures of their own. */
export const maxOperations = 100;
/** Longer names are told together. */
const maxNameLength = 60;

/**
 * Gives operations a label, a bounded number of them whatever clients send: the names of trusted documents first, then the
 * names of operations that were served, as they come. What is beyond is "other"; an operation without a name is "anonymous".
 */
export class OperationLabels {
  private readonly known: Set<string>;

  constructor(trusted: Iterable<string> = []) {
    this.known = new Set([...trusted].filter((name) => name.length <= maxNameLength).slice(0, maxOperations));
  }

  /** `isServed`: its document is valid and was run, so that texts which are refused take no place. */
  of(name: string | null, isServed: boolean): string {
    if (name === null) return "anonymous";
    if (this.known.has(name)) return name;
    if (!isServed || this.known.size >= maxOperations || name.length > maxNameLength) return "other";
    this.known.add(name);
    return name;
  }
}
