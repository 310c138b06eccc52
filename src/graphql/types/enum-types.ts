import { registerEnumType } from "type-graphql";

const declared = new Map<string, { readonly internal: object; readonly text: string }>();

/** The enum type of this name, declared when first asked for; its values are given with their descriptions. */
export function enumType(name: string, values: Readonly<Record<string, string>>, description: string): object {
  return namedEnum(name, Object.fromEntries(Object.keys(values).map((value) => [value, value])), values, description);
}

/** As `enumType`, for values that stand for `internal[value]` inside. */
export function namedEnum(
  name: string,
  internal: Readonly<Record<string, string>>,
  descriptions: Readonly<Record<string, string>>,
  description: string,
): object {
  const text = JSON.stringify([internal, descriptions, description]);
  const known = declared.get(name);
  if (known && known.text !== text) throw new Error(`The enum ${name} is declared in two ways.`);
  if (known) return known.internal;
  const valuesConfig = Object.fromEntries(
    Object.entries(descriptions).map(([value, text]) => [value, { description: text }]),
  );
  registerEnumType(internal, { name, description, valuesConfig });
  declared.set(name, { internal, text });
  return internal;
}

/** `estimatedMinutes` as `ESTIMATED_MINUTES`. */
export const constantCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
