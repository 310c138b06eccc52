import { DomainError } from "../../src/domain/errors";

/** Asks again, some times: a Java process that has just started may take longer to plan than an answer may take. */
export async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 10 || !(error instanceof DomainError)) throw error;
    }
  }
}
