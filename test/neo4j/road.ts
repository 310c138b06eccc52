import { dockerObstacle, startDockerServer } from "./docker-server";
import { mavenObstacle, startMavenServer } from "./maven-server";
import type { Neo4jAddress } from "./until-it-answers";

/** How this machine comes by a Neo4j for the tests; `none` says why by no way. */
export type Road =
  | { readonly by: "address"; readonly address: Neo4jAddress }
  | { readonly by: "maven" | "docker" }
  | { readonly by: "none"; readonly because: string };

/** The first way that is open: an address in the environment, Maven with Java 17 or later, Docker. None if it is switched off. */
export async function findRoad(): Promise<Road> {
  const {
    FULCRUM_TEST_NEO4J: wanted,
    FULCRUM_TEST_NEO4J_URI: uri,
    FULCRUM_TEST_NEO4J_USER: user,
    FULCRUM_TEST_NEO4J_PASSWORD: password,
  } = process.env;
  if (wanted === "off") return { by: "none", because: "FULCRUM_TEST_NEO4J is off" };
  if (uri) return { by: "address", address: { uri, ...(user && { user }), ...(password && { password }) } };
  const maven = await mavenObstacle();
  if (maven === null) return { by: "maven" };
  const docker = await dockerObstacle();
  if (docker === null) return { by: "docker" };
  return { by: "none", because: `FULCRUM_TEST_NEO4J_URI is not set, ${maven}, ${docker}` };
}

/** A server that answers, and how to be rid of it. */
export interface ServerOfRun {
  readonly address: Neo4jAddress;
  remove(): Promise<void>;
}

export async function startBy(road: Exclude<Road, { by: "none" }>): Promise<ServerOfRun> {
  if (road.by === "address") return { address: road.address, remove: async () => undefined };
  const { uri, remove } = await (road.by === "maven" ? startMavenServer() : startDockerServer());
  return { address: { uri }, remove };
}
