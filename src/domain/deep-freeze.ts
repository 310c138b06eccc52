/** Freezes what JSON.parse gave, all the way down. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object") {
    for (const key in value) {
      const inner = value[key];
      if (typeof inner === "object") deepFreeze(inner);
    }
    Object.freeze(value);
  }
  return value;
}
