import neo4j from "neo4j-driver";

/**
 * Parameters as the driver sends them right: whole numbers are given as bigint, and number means float. Throws for what
 * the driver would lose or change without a word (undefined, dates, maps, numbers that do not fit, halves of surrogate
 * pairs), and for functions and symbols, which would break the connection for whoever uses it next.
 */
export function encoded(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, encodedValue(value, name)]));
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

function encodedValue(value: unknown, path: string): unknown {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new TypeError(`${path} holds half of a surrogate pair.`);
      return value;
    case "boolean":
      return value;
    case "number":
      if (Number.isNaN(value)) throw new TypeError(`${path} is not a number.`);
      return value;
    case "bigint":
      if (value < smallest || value > largest) throw new TypeError(`${path} is too large for an integer: ${value}.`);
      return neo4j.int(value);
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((item, index) => encodedValue(item, `${path}[${index}]`));
      if (Object.getPrototypeOf(value) === Object.prototype) {
        return Object.fromEntries(
          Object.entries(value).map(([key, inner]) => [key, encodedValue(inner, `${path}.${key}`)]),
        );
      }
      throw new TypeError(`${path} is an object that Neo4j has no type for.`);
    default:
      throw new TypeError(`${path} is ${typeof value}, which Neo4j has no type for.`);
  }
}
