import neo4j from "neo4j-driver";

/**
 * Parameters as the driver sends them right: whole numbers are given as bigint, and number means float. Throws for what
 * the driver would lose or change without a word (undefined, dates, maps, numbers that do not fit, halves of surrogate
 * pairs), and for functions and symbols, which would break the connection for whoever uses it next.
 */
export function encoded(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return encodedObject(parameters, []);
}

/** Where a value stands: names and places in lists, from the outside in. */
type Path = (string | number)[];

/** `rows[0].title`; made for messages only, as a commit has some ten thousand values. */
const shown = (path: Path): string =>
  path.map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`)).join("");

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

function encodedObject(object: Readonly<Record<string, unknown>>, path: Path): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of Object.keys(object)) {
    path.push(key);
    result[key] = encodedValue(object[key], path);
    path.pop();
  }
  return result;
}

function encodedList(list: readonly unknown[], path: Path): unknown[] {
  return list.map((item, index) => {
    path.push(index);
    const result = encodedValue(item, path);
    path.pop();
    return result;
  });
}

function encodedValue(value: unknown, path: Path): unknown {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new TypeError(`${shown(path)} holds half of a surrogate pair.`);
      return value;
    case "boolean":
      return value;
    case "number":
      if (Number.isNaN(value)) throw new TypeError(`${shown(path)} is not a number.`);
      return value;
    case "bigint":
      if (value < smallest || value > largest)
        throw new TypeError(`${shown(path)} is too large for an integer: ${value}.`);
      return neo4j.int(value);
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return encodedList(value, path);
      if (Object.getPrototypeOf(value) === Object.prototype)
        return encodedObject(value as Readonly<Record<string, unknown>>, path);
      throw new TypeError(`${shown(path)} is an object that Neo4j has no type for.`);
    default:
      throw new TypeError(`${shown(path)} is ${typeof value}, which Neo4j has no type for.`);
  }
}
