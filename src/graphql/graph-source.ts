import type { GraphAccess } from "./context";

/** Gives each request its way to the graph. */
export interface GraphSource {
  access(signal: AbortSignal): GraphAccess;
}
