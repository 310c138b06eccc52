import { createHmac, KeyObject, sign } from "node:crypto";
import { base64url } from "jose";
import { newApiKey, parseApiKey } from "../../src/domain/access/api-key";
import type { ApiKey } from "../../src/domain/access/key-store";
import { audience, aSigner, aToken, goodClaims, publicJwk, seconds, type Signer } from "./key-server";

/** A credential that must be refused. */
export interface RefusedCredential {
  readonly name: string;
  /** Values of the Authorization header, a header each. */
  readonly headers: readonly string[];
  /** What has to be asked to tell that it is wrong; default nothing. */
  readonly asks?: "the key store";
}

export interface Accepted {
  readonly keys: readonly ApiKey[];
  /** The text of a key that is accepted. */
  readonly goodKey: string;
  readonly refused: readonly RefusedCredential[];
}

const hour = 3_600_000;
const encoded = (value: unknown): string => base64url.encode(JSON.stringify(value));
const withoutSignature = (header: object, claims: object = goodClaims()): string =>
  `${encoded(header)}.${encoded(claims)}.`;

/** Keys for a store, and credentials that are refused though keys like them, or tokens of the signer, are accepted. */
export async function refusedCredentials(signer: Signer): Promise<Accepted> {
  const now = new Date();
  const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds);
  const made = (expiresAt: string | null) => newApiKey({ name: "Ada", role: "EDITOR", expiresAt }, ago(2 * hour));
  const [good, second, expired, revoked] = [made(null), made(null), made(ago(hour).toISOString()), made(null)];
  const { id, secret } = parseApiKey(good.text) as { id: string; secret: string };
  const unknown = newApiKey({ name: "Eve", role: "ADMIN", expiresAt: null }, now);
  const other = parseApiKey(second.text)?.secret as string;
  const turned = (text: string, at: number) => text.slice(0, at) + (text[at] === "0" ? "1" : "0") + text.slice(at + 1);

  const forger = await aSigner(signer.kid);
  const rsaForger = await aSigner("rsa", "RS256");
  const token = await aToken(signer);
  const [head, body, signature] = token.split(".") as [string, string, string];
  const jwk = await publicJwk(forger);
  const pem = KeyObject.from(signer.publicKey).export({ type: "spki", format: "pem" });
  const hmac = (header: object): string => {
    const signed = `${encoded(header)}.${encoded({ ...goodClaims(), role: "admin" })}`;
    return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
  };
  /** By hand, since no honest library signs all of these. */
  const signed = (payload: string, header: object = {}): string => {
    const text = `${encoded({ alg: "ES256", kid: signer.kid, ...header })}.${base64url.encode(payload)}`;
    const key = KeyObject.from(signer.privateKey);
    return `${text}.${sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  };
  const of = (claims: Parameters<typeof aToken>[1], header?: Parameters<typeof aToken>[2]) =>
    aToken(signer, claims, header).then((text) => [`Bearer ${text}`]);
  const keyed = (text: string) => ({ headers: [`Bearer ${text}`], asks: "the key store" as const });
  const sent = (text: string) => ({ headers: [`Bearer ${text}`] });

  const refused: RefusedCredential[] = [
    { name: "an empty header", headers: [""] },
    { name: "a scheme alone", headers: ["Bearer"] },
    { name: "a key without a scheme", headers: [good.text] },
    { name: "a key as a password", headers: [`Basic ${Buffer.from(`ada:${good.text}`).toString("base64")}`] },
    { name: "a key under another scheme", headers: [`Token ${good.text}`] },
    { name: "a digest", headers: ['Digest username="ada", response="0"'] },
    { name: "two headers", headers: [`Bearer ${good.text}`, `Bearer ${second.text}`] },
    { name: "one header twice", headers: [`Bearer ${good.text}`, `Bearer ${good.text}`] },
    { name: "a good header and an empty one", headers: [`Bearer ${good.text}`, ""] },
    { name: "two keys in one header", headers: [`Bearer ${good.text}, Bearer ${second.text}`] },
    { name: "a key and a token in one header", headers: [`Bearer ${good.text} ${token}`] },
    { name: "a key in quotes", headers: [`Bearer "${good.text}"`] },
    { name: "a key with a letter that is not ASCII", headers: [`Bearer ${good.text}é`] },
    { name: "a key in percent signs", headers: [`Bearer ${good.text.replace("_", "%5F")}`] },
    { name: "a key without its secret", ...sent(`fk_${id}`) },
    { name: "a key with an empty secret", ...sent(`fk_${id}_`) },
    { name: "a key cut short", ...sent(good.text.slice(0, -1)) },
    { name: "a key drawn out", ...sent(`${good.text}0`) },
    { name: "a key in capitals", ...sent(good.text.toUpperCase()) },
    { name: "a key of another program", ...sent(good.text.replace("fk_", "sk_")) },
    { name: "a query as a key", ...sent(`fk_'OR'1'='1_${secret}`) },
    { name: "a path as a key", ...sent(`fk_../../../../_${secret}`) },
    { name: "a megabyte's beginning", ...sent("a".repeat(10_000)) },
    { name: "an unknown key", ...keyed(unknown.text) },
    { name: "a key with a secret wrong at its start", ...keyed(`fk_${id}_${turned(secret, 0)}`) },
    { name: "a key with a secret wrong at its end", ...keyed(`fk_${id}_${turned(secret, 63)}`) },
    { name: "a key with another key's secret", ...keyed(`fk_${id}_${other}`) },
    { name: "a key with its hash for a secret", ...keyed(`fk_${id}_${good.key.hash}`) },
    { name: "a key with a secret of zeroes", ...keyed(`fk_${id}_${"0".repeat(64)}`) },
    { name: "an expired key", ...keyed(expired.text) },
    { name: "a revoked key", ...keyed(revoked.text) },
    { name: "a token of two parts", ...sent(`${head}.${body}`) },
    { name: "a token of five parts", ...sent(`${token}.${head}.${body}`) },
    { name: "a token of 9,000 characters", headers: await of({ padding: "a".repeat(9_000) }) },
    { name: "a token without a signature", ...sent(withoutSignature({ alg: signer.alg, kid: signer.kid })) },
    { name: "a token that says that it needs none", ...sent(withoutSignature({ alg: "none" })) },
    {
      name: "a token that says so and has one",
      ...sent(withoutSignature({ alg: "none", kid: signer.kid }) + signature),
    },
    { name: "a token that says so in another case", ...sent(withoutSignature({ alg: "nOnE" }) + signature) },
    { name: "a token signed with the public key as a secret", ...sent(hmac({ alg: "HS256", kid: signer.kid })) },
    { name: "such a token that claims the right algorithm", ...sent(hmac({ alg: signer.alg, kid: signer.kid })) },
    { name: "a token signed by a stranger who names our key", ...sent(await aToken(forger)) },
    { name: "a token signed by a stranger who names none", ...sent(await aToken(forger, {}, { kid: undefined })) },
    { name: "a token signed with an unknown key", ...sent(await aToken({ ...forger, kid: "unknown" })) },
    { name: "a token of another algorithm", ...sent(await aToken({ ...rsaForger, kid: signer.kid })) },
    { name: "a token that brings its key along", ...sent(await aToken(forger, {}, { jwk })) },
    {
      name: "a token that says where its key is",
      ...sent(await aToken(forger, {}, { jku: "https://evil.example/jwks", x5u: "https://evil.example/x5u" })),
    },
    {
      name: "a token whose claims were changed",
      ...sent(`${head}.${encoded({ ...goodClaims(), role: "admin" })}.${signature}`),
    },
    {
      name: "a token whose header was changed",
      ...sent(`${encoded({ alg: signer.alg, kid: signer.kid, typ: "x" })}.${body}.${signature}`),
    },
    { name: "a token with a signature cut short", ...sent(token.slice(0, -2)) },
    {
      name: "a token with another's signature",
      ...sent(`${head}.${body}.${(await aToken(signer, { sub: "eve" })).split(".")[2] as string}`),
    },
    { name: "a token that is no JSON", ...sent(`${base64url.encode("{")}.${body}.${signature}`) },
    {
      name: "a token with an extension that must be understood",
      ...sent(signed(JSON.stringify(goodClaims()), { crit: ["exp"], exp: 1 })),
    },
    {
      name: "a token whose claims are not encoded",
      ...sent(signed(JSON.stringify(goodClaims()), { crit: ["b64"], b64: false })),
    },
    { name: "a token of a list", ...sent(signed('["admin"]')) },
    { name: "a token of a text", ...sent(signed('"admin"')) },
    { name: "a token of another issuer", headers: await of({ iss: "https://id.example.evil" }) },
    { name: "a token of no issuer", headers: await of({ iss: undefined }) },
    { name: "a token for others", headers: await of({ aud: "https://other.example" }) },
    { name: "a token for one whose name begins alike", headers: await of({ aud: `${audience}.evil` }) },
    { name: "a token for nobody", headers: await of({ aud: undefined }) },
    { name: "an expired token", headers: await of({ exp: seconds() - 60 }) },
    { name: "a token without an end", headers: await of({ exp: undefined }) },
    { name: "a token whose end is a text", headers: await of({ exp: String(seconds() + 300) as never }) },
    { name: "a token of tomorrow", headers: await of({ nbf: seconds() + 3_600 }) },
    { name: "a token of nobody", headers: await of({ sub: undefined }) },
    { name: "a token of somebody without a name", headers: await of({ sub: "" }) },
    { name: "a token of somebody on two lines", headers: await of({ sub: "ada\nadmin" }) },
    { name: "a token of a number", headers: await of({ sub: 7 as never }) },
    { name: "a token of somebody with an endless name", headers: await of({ sub: "a".repeat(256) }) },
    { name: "a token without a role", headers: await of({ role: undefined }) },
    { name: "a token with a role of elsewhere", headers: await of({ role: "superuser" }) },
    { name: "a token of anonymous", headers: await of({ role: "anonymous" }) },
    { name: "a token with an object as its role", headers: await of({ role: { admin: true } }) },
    { name: "a token with roles in a text", headers: await of({ role: "reader editor" }) },
  ];
  const revokedKey = { ...revoked.key, revokedAt: ago(hour).toISOString() };
  return { keys: [good.key, second.key, expired.key, revokedKey], goodKey: good.text, refused };
}
