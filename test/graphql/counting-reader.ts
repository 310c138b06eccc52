import type { GraphReader } from "../../src/domain/graph/port";

/** A reader that notes each call to the store: the method, and the relation where there is one. */
export function countingReader(reader: GraphReader, calls: string[]): GraphReader {
  return new Proxy(reader, {
    get: (target, method: keyof GraphReader) => {
      return (...args: unknown[]) => {
        const [query] = args as [{ relation?: string } | undefined];
        calls.push(query?.relation ? `${method} ${query.relation}` : method);
        return (target[method] as (...given: unknown[]) => unknown)(...args);
      };
    },
  });
}
