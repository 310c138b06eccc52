import { spawn, execFile } from "node:child_process";
import { mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { untilItAnswers } from "./until-it-answers";

const run = promisify(execFile);
const pom = path.join(__dirname, "pom.xml");
const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, "bin", "java") : "java";

/** A Neo4j of its own folder and port, without authentication, gone with the process that started it. */
export interface MavenServer {
  readonly uri: string;
  readonly port: number;
  /** Of the server's process as it runs now. */
  readonly pid: number;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port; ends when it answers. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Why a server cannot be had from Maven's repository on this machine; null if it can. */
export async function mavenObstacle(): Promise<string | null> {
  const version = await run(java, ["-version"]).then(
    ({ stderr }) => Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1] ?? 0),
    () => 0,
  );
  if (version < 17) return version === 0 ? "no Java" : `Java ${version} is older than 17`;
  if (await isInstalled()) return null;
  return run("mvn", ["-v"]).then(
    () => null,
    () => "no Maven",
  );
}

/** The folder of the server's jars; the first time, they are fetched as the pom.xml beside this file says. */
async function installed(): Promise<string> {
  const folder = await jarFolder();
  if (await isInstalled()) return folder;
  await mkdir(path.dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-unfinished-`);
  await run("mvn", [
    "-q",
    "-B",
    "-f",
    pom,
    "dependency:copy-dependencies",
    `-DoutputDirectory=${unfinished}`,
    "-DincludeScope=runtime",
  ]);
  await writeFile(path.join(unfinished, complete), "");
  // Another run may have been faster; then its folder stays.
  await rename(unfinished, folder).catch(() => rm(unfinished, { recursive: true }));
  return folder;
}

const complete = "complete";
const isInstalled = async (): Promise<boolean> =>
  open(path.join(await jarFolder(), complete)).then(
    async (file) => (await file.close(), true),
    () => false,
  );

async function jarFolder(): Promise<string> {
  const version = /<artifactId>neo4j<\/artifactId>\s*<version>([^<]+)</.exec(await readFile(pom, "utf8"))?.[1];
  const cache = process.env.FULCRUM_CACHE ?? path.join(__dirname, "..", "..", ".cache");
  return path.join(cache, "neo4j", String(version));
}

/** How much memory the server takes. */
export interface MavenMemory {
  readonly heap: string;
  readonly pageCache: string;
}
const small: MavenMemory = { heap: "1g", pageCache: "128m" };
/** A server that lives for minutes spends most of its time on compiling itself, which these keep short. */
const shortLived = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];

export async function startMavenServer(memory: MavenMemory = small): Promise<MavenServer> {
  const jars = await installed();
  const home = await mkdtemp(path.join(tmpdir(), "fulcrum-neo4j-"));
  const port = await freePort();
  await mkdir(path.join(home, "conf"));
  await writeFile(path.join(home, "conf", "neo4j.conf"), settings(port, memory).join("\n"));

  let running = await launch(jars, home, port, memory);
  return {
    uri: `bolt://127.0.0.1:${port}`,
    port,
    get pid() {
      return running.pid;
    },
    kill: () => running.kill(),
    restart: async () => {
      running = await launch(jars, home, port, memory);
    },
    remove: async () => {
      await running.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const settings = (port: number, { pageCache }: MavenMemory): string[] => [
  "server.default_listen_address=127.0.0.1",
  `server.bolt.listen_address=127.0.0.1:${port}`,
  "server.http.enabled=false",
  "dbms.security.auth_enabled=false",
  "dbms.usage_report.enabled=false",
  `server.memory.pagecache.size=${pageCache}`,
  "db.transaction.monitor.check.interval=100ms",
  "db.memory.transaction.max=256m",
  "db.tx_log.preallocate=false",
];

const reflection = ["java.nio", "java.io", "sun.nio.ch"].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`);

async function launch(
  jars: string,
  home: string,
  port: number,
  memory: MavenMemory,
): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const log = await open(path.join(home, "out.log"), "a");
  const server = spawn(
    java,
    [
      "-Xms512m",
      `-Xmx${memory.heap}`,
      ...(memory === small ? shortLived : []),
      ...reflection,
      "-cp",
      `${jars}/*`,
      "org.neo4j.server.CommunityEntryPoint",
      `--home-dir=${home}`,
      `--config-dir=${home}/conf`,
    ],
    { stdio: ["ignore", log.fd, log.fd] },
  );
  await log.close();
  // Reads from us until we are gone, however that comes about; then the server goes too.
  const watchdog = spawn("sh", ["-c", 'read -r _; kill -9 "$1" 2>/dev/null', "watchdog", String(server.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  watchdog.unref();
  (watchdog.stdin as Socket).unref();

  const exited = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const kill = async () => {
    server.kill("SIGKILL");
    await exited;
    watchdog.kill("SIGKILL");
  };
  const died = exited.then(async () => {
    throw new Error(`Neo4j did not start:\n${(await readFile(path.join(home, "out.log"), "utf8")).slice(-2_000)}`);
  });
  await Promise.race([untilItAnswers({ uri: `bolt://127.0.0.1:${port}` }), died]).catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  died.catch(() => undefined);
  return { pid: server.pid as number, kill };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
