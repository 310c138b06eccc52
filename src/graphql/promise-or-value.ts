/** A value at hand, or one to come. Resolvers pass it on, so that what is at hand is answered synchronously. */
export type PromiseOrValue<T> = T | Promise<T>;

export const isPromise = <T>(value: PromiseOrValue<T>): value is Promise<T> => value instanceof Promise;

/** Goes on with the value, at once where it is at hand. */
export const whenReady = <T, R>(value: PromiseOrValue<T>, next: (value: T) => PromiseOrValue<R>): PromiseOrValue<R> =>
  isPromise(value) ? value.then(next) : next(value);

/** All values, at once where each is at hand. */
export const allReady = <T>(values: readonly PromiseOrValue<T>[]): PromiseOrValue<readonly T[]> =>
  values.some(isPromise) ? Promise.all(values) : (values as readonly T[]);
