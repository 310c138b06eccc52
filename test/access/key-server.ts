import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type GenerateKeyPairResult, type JWTPayload, SignJWT } from "jose";

/** A key that signs tokens. */
export interface Signer extends GenerateKeyPairResult {
  readonly alg: string;
  readonly kid: string;
}

export const aSigner = async (kid: string, alg = "ES256"): Promise<Signer> => ({
  kid,
  alg,
  ...(await generateKeyPair(alg, { extractable: true })),
});

export const issuer = "https://id.example";
export const audience = "https://fulcrum.example";

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** What a good token says. */
export const goodClaims = (): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: "ada",
  name: "Ada",
  role: "editor",
  exp: seconds() + 300,
});

/** A token with these claims in place of a good one's; undefined leaves one out. */
export const aToken = (
  { kid, alg, privateKey }: Signer,
  claims: JWTPayload | Record<string, unknown> = {},
  header: Record<string, unknown> = {},
): Promise<string> =>
  new SignJWT(JSON.parse(JSON.stringify({ ...goodClaims(), ...claims })) as JWTPayload)
    .setProtectedHeader({ alg, kid, ...header })
    .sign(privateKey);

export const publicJwk = async ({ kid, alg, publicKey }: Signer) => ({ ...(await exportJWK(publicKey)), kid, alg });

/** Answers over HTTP with the public keys of the signers that it has at the time; `requests` counts. */
export interface KeyServer {
  readonly url: string;
  signers: readonly Signer[];
  /** Answers with this instead. */
  fault: { readonly status: number; readonly body: string } | null;
  requests: number;
  close(): Promise<void>;
}

export async function startKeyServer(signers: readonly Signer[]): Promise<KeyServer> {
  const server = createServer((_request, response) => {
    keys.requests++;
    void Promise.all(keys.signers.map(publicJwk)).then((jwks) => {
      response.statusCode = keys.fault?.status ?? 200;
      response.end(keys.fault?.body ?? JSON.stringify({ keys: jwks }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const keys: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    signers,
    fault: null,
    requests: 0,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return keys;
}
