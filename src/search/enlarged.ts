/** A copy with room for more. */
export function enlarged<A extends Uint8Array | Uint16Array | Uint32Array>(array: A, length: number): A {
  const larger = new (array.constructor as new (length: number) => A)(length);
  larger.set(array);
  return larger;
}
