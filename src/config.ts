import path from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { TokenRules } from "./access/token-verifier";
import { DomainError } from "./domain/errors";
import { parseTrustedProxies, type TrustedProxies } from "./http/limits/client-address";
import { projectRoot } from "./project";
import type { StoreAddress } from "./store/open-store";

const storeUrl = z
  .string()
  .refine(
    (value) => /^sqlite:.+/.test(value) || /^(neo4j|bolt)(\+s|\+ssc)?:\/\/[^/]+/.test(value),
    "must be sqlite:PATH, neo4j://HOST[:PORT] or bolt://HOST[:PORT]",
  );
const whole = (min: number, max: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `must be a whole number from ${min} to ${max}`,
    )
    .transform(Number);
const onOff = z.enum(["on", "off"]).transform((value) => value === "on");
const origins = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((origin) => origin.trim())
      .filter(Boolean),
  )
  .refine(
    (list) => list.every((origin) => origin === "*" || (URL.canParse(origin) && new URL(origin).origin === origin)),
    {
      error: 'must be "*" or origins such as https://example.org, separated by commas',
    },
  );
const proxies = z.string().transform((text, context) => {
  const parsed = parseTrustedProxies(text);
  if (parsed !== null) return parsed;
  context.addIssue({
    code: "custom",
    message: "must be a number of proxies, or addresses and networks such as 10.0.0.0/8, separated by commas",
  });
  return z.NEVER;
});
/** Reads a URL, or a path as the URL of its file. */
const signingKeys = z
  .string()
  .transform((text) => (text === "" || URL.canParse(text) ? text : pathToFileURL(text).href))
  .refine(
    (text) => text === "" || /^(https:|file:|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/.test(text),
    "must be an https address (http only on this machine) or the path of a file",
  );

/** All variables that the program reads, with default and meaning. `fulcrum serve --help` prints them. */
export const variables = {
  FULCRUM_STORE: {
    schema: storeUrl,
    fallback: "sqlite:./fulcrum.db",
    about: "Where the graph is: sqlite:PATH, neo4j://HOST or bolt://HOST.",
  },
  NEO4J_USER: { schema: z.string(), fallback: "", about: "User for Neo4j; empty if it asks for none." },
  NEO4J_PASSWORD: { schema: z.string(), fallback: "", about: "Password for Neo4j." },
  NEO4J_DATABASE: {
    schema: z.string().regex(/^[A-Za-z][\w.-]{2,62}$/, "must be a database name"),
    fallback: "neo4j",
    about: "Neo4j database.",
  },
  HOST: { schema: z.string().min(1), fallback: "localhost", about: "Address to listen on; 0.0.0.0 for all." },
  PORT: { schema: whole(0, 65_535), fallback: "4000", about: "Port to listen on; 0 for any free one." },
  FULCRUM_SEED: {
    schema: z.string().min(1),
    fallback: path.join(projectRoot, "seed"),
    about: 'Folder that an empty store is filled from, or "off".',
  },
  FULCRUM_MIGRATE: {
    schema: onOff,
    fallback: "on",
    about: "Whether to set up and upgrade the store at start: on or off.",
  },
  FULCRUM_READ: {
    schema: z.enum(["memory", "store"]),
    fallback: "memory",
    about: "What answers reads: memory (a copy of the graph that follows the store) or store (asked each time).",
  },
  FULCRUM_ANSWERS_MB: {
    schema: whole(0, 1_000),
    fallback: "16",
    about: "Megabytes that kept answers may take: what is asked for again is kept until the next commit; 0 for none.",
  },
  FULCRUM_DOCUMENTS: {
    schema: z.string(),
    fallback: "",
    about: "Manifest of trusted documents, made by fulcrum documents; clients then send documentId for a query.",
  },
  FULCRUM_DOCUMENTS_ONLY: {
    schema: onOff,
    fallback: "off",
    about: "Whether documents that are not in the manifest are refused: on or off.",
  },
  FULCRUM_JWT_ISSUER: {
    schema: z.string(),
    fallback: "",
    about: "Who signs JSON Web Tokens (iss); set with the audience and the keys, else tokens are not taken.",
  },
  FULCRUM_JWT_AUDIENCE: { schema: z.string(), fallback: "", about: "Whom tokens must be made for (aud): this server." },
  FULCRUM_JWT_JWKS: {
    schema: signingKeys,
    fallback: "",
    about: "The keys that tokens are signed with, as a JSON Web Key Set: an https address, or the path of a file.",
  },
  FULCRUM_JWT_ROLE_CLAIM: {
    schema: z.string(),
    fallback: "role",
    about: "The claim that says author, editor or admin: its name, or its path such as realm_access.roles.",
  },
  FULCRUM_IDE: { schema: onOff, fallback: "on", about: "Whether browsers get the GraphQL IDE at /graphql: on or off." },
  FULCRUM_CORS_ORIGINS: {
    schema: origins,
    fallback: "",
    about: 'Origins that browsers may call from, separated by commas, or "*".',
  },
  FULCRUM_MAX_CONNECTIONS: {
    schema: whole(10, 100_000),
    fallback: "2000",
    about: "How many connections may be open; one more ends the one that has been waiting longest for its client.",
  },
  FULCRUM_RATE_LIMIT: {
    schema: whole(0, 100_000_000),
    fallback: "100000",
    about: "How many units of cost come back to a client in a second, about a quarter of a core; 0 limits no client.",
  },
  FULCRUM_TRUST_PROXY: {
    schema: proxies,
    fallback: "",
    about:
      "Proxies whose X-Forwarded-For tells who asks: how many there are one behind another, or their addresses and networks.",
  },
  FULCRUM_MAX_DELAY_MS: {
    schema: whole(0, 10_000),
    fallback: "10",
    about:
      "How long requests may wait under overload, in milliseconds; what would wait longer gets 503; 0 for no limit.",
  },
  FULCRUM_LOG_LEVEL: {
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]),
    fallback: "info",
    about: "How much to log: fatal, error, warn, info, debug or silent.",
  },
  FULCRUM_OWN_APPROVAL: {
    schema: onOff,
    fallback: "off",
    about: "Whether whoever wrote a change set may approve and publish it: on or off.",
  },
  FULCRUM_READY_STRICT: {
    schema: onOff,
    fallback: "off",
    about: "Whether readiness is refused while the store is away, though memory answers reads: on or off.",
  },
  FULCRUM_METRICS_PORT: {
    schema: z.union([z.literal("").transform(() => null), whole(0, 65_535)]),
    fallback: "",
    about: "Port to serve metrics for Prometheus on, at /metrics; 0 for any free one, empty for none.",
  },
  FULCRUM_METRICS_HOST: {
    schema: z.string().min(1),
    fallback: "localhost",
    about: "Address to serve metrics on; whoever reaches it may read them.",
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: z
      .string()
      .refine(
        (text) => text === "" || /^https?:\/\/[^/]/.test(text),
        "must be an http or https address, without /v1/traces",
      ),
    fallback: "",
    about:
      "Receiver of OTLP over HTTP that traces are sent to; empty for none. OpenTelemetry's other variables hold as well.",
  },
  FULCRUM_DRAIN_MS: {
    schema: whole(0, 60_000),
    fallback: "1500",
    about: "How long to go on serving after a stop signal, in milliseconds.",
  },
} as const;

type Values = { readonly [N in keyof typeof variables]: z.output<(typeof variables)[N]["schema"]> };

const tokenVariables = ["FULCRUM_JWT_ISSUER", "FULCRUM_JWT_AUDIENCE", "FULCRUM_JWT_JWKS"] as const;

/** The rules for tokens, and the address of the keys that they are signed with. */
export interface TokenConfig extends TokenRules {
  readonly signingKeys: URL;
}

export interface Config {
  readonly store: StoreAddress;
  readonly host: string;
  readonly port: number;
  /** Null if an empty store stays empty. */
  readonly seedFolder: string | null;
  readonly migrate: boolean;
  readonly readFrom: Values["FULCRUM_READ"];
  /** Bytes of cached answers; 0 for none. */
  readonly answerBytes: number;
  /** The path of the manifest; null if no documents are known by name. */
  readonly documents: string | null;
  readonly documentsOnly: boolean;
  /** Null if tokens are not accepted. */
  readonly tokens: TokenConfig | null;
  readonly ide: boolean;
  readonly corsOrigins: readonly string[];
  readonly maxConnections: number;
  /** Units of cost a second; null if no client is limited. */
  readonly rateLimit: number | null;
  readonly trustedProxies: TrustedProxies;
  /** See `Overload`. Null for no limit. */
  readonly maxDelayMilliseconds: number | null;
  readonly logLevel: Values["FULCRUM_LOG_LEVEL"];
  readonly allowsOwnApproval: boolean;
  readonly strictReadiness: boolean;
  readonly drainMilliseconds: number;
  /** The address that serves metrics; null if none are collected. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** The receiver of traces; null if there are none. */
  readonly traces: { readonly endpoint: string } | null;
}

/** Names every bad setting, one a line. The password is never shown, since any text is valid for it. */
export class ConfigError extends DomainError {
  constructor(message: string) {
    super("INVALID_ARGUMENT", message);
  }
}

/**
 * Reads the environment. An unset or empty variable has its default. Throws a ConfigError that names every bad value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const read = <N extends keyof typeof variables>(name: N): Values[N] => {
    const { schema, fallback } = variables[name];
    const text = env[name] || fallback;
    const result = schema.safeParse(text);
    if (!result.success)
      faults.push(`${name} ${result.error.issues[0]?.message ?? "is wrong"}, but got: ${JSON.stringify(text)}.`);
    return result.data as Values[N];
  };
  const seed = read("FULCRUM_SEED");
  const [issuer, audience, signingKeys] = tokenVariables.map(read);
  const missing = tokenVariables.filter((name) => !env[name]);
  if (missing.length === 1 || missing.length === 2)
    faults.push(`${missing.join(" and ")} must be set as well, since tokens are checked against all three.`);
  const metricsPort = read("FULCRUM_METRICS_PORT");
  const otlpEndpoint = read("OTEL_EXPORTER_OTLP_ENDPOINT");
  const config: Config = {
    store: {
      url: read("FULCRUM_STORE"),
      user: read("NEO4J_USER"),
      password: read("NEO4J_PASSWORD"),
      database: read("NEO4J_DATABASE"),
    },
    host: read("HOST"),
    port: read("PORT"),
    seedFolder: seed === "off" ? null : path.resolve(seed),
    migrate: read("FULCRUM_MIGRATE"),
    readFrom: read("FULCRUM_READ"),
    answerBytes: read("FULCRUM_ANSWERS_MB") * 1_000_000,
    documents: read("FULCRUM_DOCUMENTS") || null,
    documentsOnly: read("FULCRUM_DOCUMENTS_ONLY"),
    tokens:
      issuer && audience && signingKeys
        ? { issuer, audience, signingKeys: new URL(signingKeys), roleClaim: read("FULCRUM_JWT_ROLE_CLAIM") }
        : null,
    ide: read("FULCRUM_IDE"),
    corsOrigins: read("FULCRUM_CORS_ORIGINS"),
    maxConnections: read("FULCRUM_MAX_CONNECTIONS"),
    rateLimit: read("FULCRUM_RATE_LIMIT") || null,
    trustedProxies: read("FULCRUM_TRUST_PROXY"),
    maxDelayMilliseconds: read("FULCRUM_MAX_DELAY_MS") || null,
    logLevel: read("FULCRUM_LOG_LEVEL"),
    allowsOwnApproval: read("FULCRUM_OWN_APPROVAL"),
    strictReadiness: read("FULCRUM_READY_STRICT"),
    drainMilliseconds: read("FULCRUM_DRAIN_MS"),
    metrics: metricsPort === null ? null : { host: read("FULCRUM_METRICS_HOST"), port: metricsPort },
    traces: otlpEndpoint === "" ? null : { endpoint: otlpEndpoint },
  };
  if (config.documentsOnly && config.documents === null)
    faults.push("FULCRUM_DOCUMENTS_ONLY needs FULCRUM_DOCUMENTS: without a manifest nothing would be served.");
  if (faults.length > 0) throw new ConfigError(faults.join("\n"));
  return Object.freeze(config);
}
