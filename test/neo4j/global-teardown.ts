import { officeOfRun } from "./global-setup";

/** Jest's, once after all tests, failed ones included. */
export default async function globalTeardown(): Promise<void> {
  await officeOfRun.current?.close();
}
