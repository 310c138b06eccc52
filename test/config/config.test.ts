import { ConfigError, readConfig } from "../../src/config";

describe("the configuration", () => {
  it("has a default for everything", () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      store: { url: "sqlite:./fulcrum.db", user: "", password: "", database: "neo4j" },
      host: "localhost",
      port: 4000,
      migrate: true,
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
    };
    let message = "";
    try {
      readConfig(env);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      message = (error as Error).message;
    }
    expect(message.split("\n").map((line) => line.split(" ")[0])).toEqual([
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
});
