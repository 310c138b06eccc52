import type { Database } from "../../src/domain/database";
import { type RunningApp, runApp } from "../http/running-app";
import { eventually } from "../neo4j/eventually";

/** One editor both writes and publishes. */
const env = { FULCRUM_OWN_APPROVAL: "on" };

/** Lends an app for each store, open as soon as its store answers, and closes them however the use ends. */
export async function withApps<T>(
  stores: readonly Database[],
  use: (apps: readonly RunningApp[]) => Promise<T>,
): Promise<T> {
  const apps = await Promise.all(stores.map((store) => runApp({ store, open: false, env })));
  try {
    for (const app of apps) await eventually(() => app.open());
    return await use(apps);
  } finally {
    await Promise.all(apps.map((app) => app.close()));
  }
}
