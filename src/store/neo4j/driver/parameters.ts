import neo4j from "neo4j-driver";

/**
 * Converts parameters so that the driver sends them unchanged. A bigint becomes an integer, a number becomes a float.
 * Throws a TypeError for values that the driver would silently drop or change: undefined, dates, maps, NaN, integers
 * beyond 64 bits, halves of surrogate pairs. Also throws one for functions and symbols, which would break the
 * connection for its next user.
 */
export function encoded(parameters: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return encodedObject(parameters, []);
}

/** The path to a value: names of properties and indexes in lists, from the outside in. */
type Path = (string | number)[];

/** Formats a path, such as `rows[0].title`. Only messages need it: a commit has some ten thousand values. */
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
