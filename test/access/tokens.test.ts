import { writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { openSigningKeys } from "../../src/access/signing-keys";
import { createTokenVerifier, type TokenVerifier } from "../../src/access/token-verifier";
import type { DomainError } from "../../src/domain/errors";
import { withFolder } from "../content/temporary-folder";
import {
  aSigner,
  aToken,
  audience,
  issuer,
  type KeyServer,
  publicJwk,
  type Signer,
  startKeyServer,
} from "./key-server";

const verifier = async (place: string, roleClaim = "role"): Promise<TokenVerifier> =>
  createTokenVerifier({ issuer, audience, roleClaim }, await openSigningKeys(new URL(place)));
const codeOf = (verified: Promise<unknown>): Promise<string> =>
  verified.then(
    () => "none",
    (error: DomainError) => error.code,
  );
/** Lets time pass for whoever asks what time it is. */
const later = (milliseconds: number): void => {
  const moment = Date.now() + milliseconds;
  jest.spyOn(Date, "now").mockReturnValue(moment);
};

describe("a token", () => {
  let first: Signer;
  let second: Signer;
  let server: KeyServer;
  beforeAll(async () => {
    [first, second] = await Promise.all([aSigner("first"), aSigner("second")]);
  });
  beforeEach(async () => {
    server = await startKeyServer([first]);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.close();
  });

  it("says who asks", async () => {
    const verify = await verifier(server.url);
    expect(await verify(await aToken(first))).toEqual({ id: `jwt:${issuer}:ada`, name: "Ada", role: "EDITOR" });
    expect(await verify(await aToken(first, { name: undefined, role: ["reader", "AUTHOR", "Admin"] }))).toEqual({
      id: `jwt:${issuer}:ada`,
      name: "ada",
      role: "ADMIN",
    });
  });

  it("with a name that does not fit on a line is called by its subject", async () => {
    const verify = await verifier(server.url);
    for (const name of ["a".repeat(101), "Ada\nAdmin", "", 7, { first: "Ada" }])
      expect(await verify(await aToken(first, { name }))).toMatchObject({ name: "ada" });
  });

  it.each(["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"])("may be signed by %s", async (alg) => {
    server.signers = [await aSigner("any", alg)];
    const verify = await verifier(server.url);
    expect(await verify(await aToken(server.signers[0] as Signer))).toMatchObject({ name: "Ada" });
  });

  it("may be made for several, five seconds over, and without the id of its key where there is one", async () => {
    const verify = await verifier(server.url);
    expect(await verify(await aToken(first, { aud: ["https://other.example", audience] }))).toMatchObject({
      name: "Ada",
    });
    expect(await verify(await aToken(first, { exp: Math.floor(Date.now() / 1000) - 2 }))).toMatchObject({
      name: "Ada",
    });
    expect(await verify(await aToken(first, {}, { kid: undefined }))).toMatchObject({ name: "Ada" });
  });

  it.each([
    ["fulcrum_role", { fulcrum_role: "author" }, "AUTHOR"],
    ["https://fulcrum.example/role", { "https://fulcrum.example/role": ["author"] }, "AUTHOR"],
    ["realm_access.roles", { realm_access: { roles: ["offline", "editor"] } }, "EDITOR"],
  ])("has its role in the claim %s if that is said", async (claim, claims, role) => {
    const verify = await verifier(server.url, claim);
    expect(await verify(await aToken(first, claims))).toMatchObject({ role });
    expect(await codeOf(verify(await aToken(second, claims)))).toBe("UNAUTHENTICATED");
    expect(await codeOf(verify(await aToken(first, { role: "editor" })))).toBe("UNAUTHENTICATED");
  });

  it("is checked with keys that were read once", async () => {
    const verify = await verifier(server.url);
    expect(server.requests).toBe(0);
    const token = await aToken(first);
    await Promise.all([verify(token), verify(token), verify(token)]);
    await verify(token);
    expect(server.requests).toBe(1);
  });

  it("is taken with the new key once keys were changed, and no longer with the old one", async () => {
    const verify = await verifier(server.url);
    await verify(await aToken(first));
    server.signers = [first, second];
    later(11_000);
    expect(await verify(await aToken(second))).toMatchObject({ name: "Ada" });
    expect(await verify(await aToken(first))).toMatchObject({ name: "Ada" });
    server.signers = [second];
    later(601_000);
    expect(await codeOf(verify(await aToken(first, { exp: Math.floor(Date.now() / 1000) + 300 })))).toBe(
      "UNAUTHENTICATED",
    );
    expect(server.requests).toBe(3);
  });

  it("with unknown keys, however many come, makes the keys be read once in ten seconds", async () => {
    const verify = await verifier(server.url);
    const forged = await Promise.all(Array.from({ length: 20 }, (_, i) => aToken({ ...second, kid: `forged-${i}` })));
    for (const token of forged) expect(await codeOf(verify(token))).toBe("UNAUTHENTICATED");
    expect(server.requests).toBe(1);
    later(11_000);
    for (const token of forged) expect(await codeOf(verify(token))).toBe("UNAUTHENTICATED");
    expect(server.requests).toBe(2);
  });

  it.each([
    ["answer with an error", { status: 500, body: "{}" }],
    ["answer with something else", { status: 200, body: "<html>" }],
    ["answer with JSON of another form", { status: 200, body: '{"keys": 1}' }],
    ["send elsewhere", { status: 302, body: "" }],
  ])("cannot be checked while the keys' servers %s, and can when they are back", async (_, fault) => {
    server.fault = fault;
    const verify = await verifier(server.url);
    const token = await aToken(first);
    expect(await codeOf(verify(token))).toBe("KEYS_UNAVAILABLE");
    server.fault = null;
    expect(await verify(token)).toMatchObject({ name: "Ada" });
    server.fault = fault;
    expect(await verify(token)).toMatchObject({ name: "Ada" });
  });

  it("is checked for half an hour with the keys that were read last while they cannot be read again", async () => {
    const keys = await openSigningKeys(new URL(server.url));
    const verify = createTokenVerifier({ issuer, audience, roleClaim: "role" }, keys);
    const now = (signer = first) => aToken(signer, { exp: Math.floor(Date.now() / 1000) + 300 });
    await verify(await now());
    expect(keys.staleSeconds()).toBeNull();
    server.fault = { status: 500, body: "{}" };
    later(601_000);
    expect(await verify(await now())).toMatchObject({ name: "Ada" });
    later(100_000);
    expect(await verify(await now())).toMatchObject({ name: "Ada" });
    expect(keys.staleSeconds()).toBe(100);
    expect(await codeOf(verify(await now(second)))).toBe("KEYS_UNAVAILABLE");
    const { requests } = server;
    await Promise.all([verify(await now()), verify(await now())]);
    expect(server.requests).toBe(requests);
    later(1_801_000);
    expect(await codeOf(verify(await now()))).toBe("KEYS_UNAVAILABLE");
    server.fault = null;
    later(11_000);
    expect(await verify(await now())).toMatchObject({ name: "Ada" });
    expect(keys.staleSeconds()).toBeNull();
  });

  it("cannot be checked when nobody answers at the keys' address", async () => {
    const verify = await verifier("http://127.0.0.1:9/jwks");
    expect(await codeOf(verify(await aToken(first)))).toBe("KEYS_UNAVAILABLE");
  });

  describe("whose keys are in a file", () => {
    const writeKeys = async (file: string, ...signers: Signer[]) =>
      writeFile(file, JSON.stringify({ keys: await Promise.all(signers.map(publicJwk)) }));

    it("is taken, also with keys that are put into the file later", () =>
      withFolder(async (folder) => {
        const file = path.join(folder, "keys.json");
        await writeKeys(file, first);
        const verify = await verifier(pathToFileURL(file).href);
        expect(await verify(await aToken(first))).toMatchObject({ name: "Ada" });
        await writeKeys(file, second);
        later(11_000);
        expect(await verify(await aToken(second))).toMatchObject({ name: "Ada" });
        expect(await codeOf(verify(await aToken(first)))).toBe("UNAUTHENTICATED");
      }));

    it.each([
      ["that is not there", null],
      ["that is no JSON", "keys"],
      ["that holds no keys", "{}"],
    ])("ends the start with a file %s", (_, text) =>
      withFolder(async (folder) => {
        const file = path.join(folder, "keys.json");
        if (text !== null) await writeFile(file, text);
        await expect(verifier(pathToFileURL(file).href)).rejects.toThrow(
          `The signing keys ${file} cannot be read as a JSON Web Key Set.`,
        );
      }),
    );
  });
});
