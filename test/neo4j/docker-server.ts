import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { type Neo4jAddress, untilItAnswers } from "./until-it-answers";

const run = promisify(execFile);
const compose = (...args: readonly string[]) =>
  run("docker", [
    "compose",
    "-p",
    `fulcrum-test-${process.pid}`,
    "-f",
    path.join(__dirname, "docker-compose.yml"),
    ...args,
  ]);

/** Why a server cannot be had from Docker on this machine; null if it can. */
export const dockerObstacle = (): Promise<string | null> =>
  run("docker", ["info", "--format", "{{.ServerVersion}}"], { timeout: 5_000 })
    .then(() => run("docker", ["compose", "version"]))
    .then(
      () => null,
      () => "no Docker engine",
    );

export async function startDockerServer(): Promise<Neo4jAddress & { remove(): Promise<void> }> {
  const remove = async () => {
    await compose("down", "--volumes", "--timeout", "0");
  };
  try {
    await compose("up", "--detach");
    const { stdout } = await compose("port", "neo4j", "7687");
    const uri = `bolt://${stdout.trim()}`;
    await untilItAnswers({ uri });
    return { uri, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
