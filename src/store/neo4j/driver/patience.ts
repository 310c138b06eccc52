import { NoAnswer } from "./failures";

/** A server that has said nothing for so long counts as one that cannot be reached. */
export const silenceMilliseconds = 2_800;
/** How long one read may take; the server ends it then. */
export const readMilliseconds = 2_500;
/** How long one commit may take, from its lock to its end. */
export const writeMilliseconds = 10_000;

/** What the promise gives; or a NoAnswer if it takes too long, after `giveUp`. */
export function patiently<T>(promise: Promise<T>, milliseconds: number, giveUp: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new NoAnswer(`Neo4j said nothing for ${milliseconds} ms.`));
      giveUp();
    }, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
