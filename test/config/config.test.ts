import { ConfigError, readConfig } from "../../src/config";

describe("the configuration", () => {
  it("has a default for everything", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      store: { url: "sqlite:./fulcrum.db", user: "", password: "", database: "neo4j" },
      host: "localhost",
      port: 4000,
      migrate: true,
      tokens: null,
      ide: true,
      corsOrigins: [],
      logLevel: "info",
      drainMilliseconds: 1500,
    });
    expect(config.seedFolder).toMatch(/seed$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("names every bad value in one message", () => {
    const env = {
      PORT: "70000",
      FULCRUM_STORE: "mysql://here",
      FULCRUM_CORS_ORIGINS: "https://a.example, https://b.example/path",
      FULCRUM_IDE: "yes",
      FULCRUM_DRAIN_MS: "-1",
      FULCRUM_JWT_ISSUER: "https://id.example",
      FULCRUM_JWT_JWKS: "http://id.example/keys",
    };
    let message = "";
    try {
      readConfig(env);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as Error).message;
    }
    expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "FULCRUM_JWT_JWKS",
      "FULCRUM_JWT_AUDIENCE",
      "FULCRUM_STORE",
      "PORT",
      "FULCRUM_IDE",
      "FULCRUM_CORS_ORIGINS",
      "FULCRUM_DRAIN_MS",
    ]);
    expect(message).toContain('PORT must be a whole number from 0 to 65535, but got: "70000".');
  });

  it("takes an empty variable as unset, and off as no seed", () => {
    expect(readConfig({ PORT: "", FULCRUM_SEED: "off" })).toMatchObject({ port: 4000, seedFolder: null });
  });

  it.each(["sqlite:/tmp/a.db", "neo4j://host", "bolt://host:7687", "neo4j+s://host"])("takes the store %s", (url) => {
    expect(readConfig({ FULCRUM_STORE: url }).store.url).toBe(url);
  });

  describe("of tokens", () => {
    const tokens = { FULCRUM_JWT_ISSUER: "https://id.example", FULCRUM_JWT_AUDIENCE: "fulcrum" };

    it.each([
      ["https://id.example/keys", "https://id.example/keys"],
      ["http://localhost:8080/keys", "http://localhost:8080/keys"],
      ["http://127.0.0.1:8080/keys", "http://127.0.0.1:8080/keys"],
      ["/etc/keys.json", "file:///etc/keys.json"],
      ["keys.json", `file://${process.cwd()}/keys.json`],
    ])("takes keys from %s", (place, href) => {
      const config = readConfig({ ...tokens, FULCRUM_JWT_JWKS: place, FULCRUM_JWT_ROLE_CLAIM: "realm.role" });
      expect(config.tokens).toEqual({
        issuer: "https://id.example",
        audience: "fulcrum",
        signingKeys: new URL(href),
        roleClaim: "realm.role",
      });
    });

    it.each(["http://id.example/keys", "http://localhost.example/keys", "ftp://id.example/keys", "data:,{}"])(
      "takes no keys from %s, where others could put theirs",
      (place) => {
        expect(() => readConfig({ ...tokens, FULCRUM_JWT_JWKS: place })).toThrow(
          `FULCRUM_JWT_JWKS must be an https address (http only on this machine) or the path of a file, but got: "${place}".`,
        );
      },
    );

    it("is whole or absent", () => {
      expect(() => readConfig({ FULCRUM_JWT_JWKS: "keys.json" })).toThrow(
        "FULCRUM_JWT_ISSUER and FULCRUM_JWT_AUDIENCE must be set as well, since tokens are checked against all three.",
      );
    });
  });
});
