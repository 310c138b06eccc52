/**
 * What is mutated together, and the tests that have to notice: in one process each, without Neo4j; or a folder with a file of
 * its faults. `survivors` says why some that survive do no harm, by file and symbol.
 */
module.exports = {
  cursors: {
    mutate: ["src/domain/graph/cursor.ts", "src/domain/graph/order.ts"],
    tests: ["domain/graph/cursor.test.ts", "domain/graph/order.test.ts"],
    survivors: {
      "src/domain/graph/cursor.ts decodeCursor":
        "the wording of refusals; and without the first refusal, the second one says the same of undefined parts.",
      "src/domain/graph/cursor.ts isValue": "Number.isFinite takes numbers alone, and JSON holds no infinite one.",
      "src/domain/graph/cursor.ts createHash": "a longer fingerprint tells lists apart as well.",
      "src/domain/graph/order.ts isOrdered": "derived relations are declared without an order.",
      "src/domain/graph/order.ts assertOrder":
        "the wording of the refusal. An order of links by a field that is not indexed has been tested since.",
      "src/domain/graph/order.ts compareValues":
        "both values are null or neither is, which comparePositions sees to. Texts that are ordered by have been tested since.",
      "src/domain/graph/order.ts codePointRank": "U+DFFF on its own is no text that a store takes.",
      "src/domain/graph/order.ts byId":
        "the tests of orders compare with the constant itself; those of lists, beyond this subject, name it.",
    },
  },
  access: {
    mutate: ["src/access/**/*.ts", "src/domain/access/**/*.ts"],
    tests: ["access/*.test.ts", "domain/access/*.test.ts"],
    survivors: {
      "src/access/authenticator.ts createAuthenticator":
        "forms and lengths of credentials, and what a failing key store means, have been tested since.",
      "src/access/authenticator.ts notValid": "the wording of the refusal, which has been tested since.",
      "src/access/token-verifier.ts createTokenVerifier":
        "the wording of refusals. That a token has an end and a subject, test/http/credentials.test.ts sees to.",
      "src/access/token-verifier.ts isText":
        "whether a name of just the largest length is shown, or the subject in its place.",
      "src/access/token-verifier.ts roleOf":
        "a token that names the role ANONYMOUS alone is refused, as test/http/credentials.test.ts sees to.",
      "src/access/token-verifier.ts property":
        "what is no object has no own property, but null, for which the token fails otherwise.",
      "src/access/signing-keys.ts openSigningKeys":
        "the wording and the causes of failures, and a millisecond of waiting.",
      "src/domain/access/api-key.ts parseApiKey": "a key's form has both parts or neither.",
      "src/domain/access/api-key.ts keyState":
        "no end is read as a moment that is no number, which is before no other.",
      "src/domain/access/api-key.ts isSecretOf": "no secret has the hash that stands in for that of no key.",
      "src/domain/access/api-key.ts parseExpiry": "whether ten years end a day earlier or later.",
      "src/domain/access/api-key.ts endOf": "a text of another form makes no day that reads the same.",
      "src/domain/access/permissions.ts requireConfirmed": "the wording of the refusal.",
      "src/domain/access/permissions.ts requireRole":
        "the wording of the refusal. That an unconfirmed key may read has been tested since.",
    },
  },
  limits: {
    mutate: ["src/graphql/limits/**/*.ts", "src/http/limits/buckets.ts", "src/http/limits/client-address.ts"],
    tests: ["graphql/limits/*.test.ts", "http/limits/{buckets,client-address}.test.ts"],
  },
  policy: {
    mutate: ["src/graphql/policy.ts"],
    tests: ["graphql/policy.test.ts"],
    survivors: {
      "src/graphql/policy.ts enforce": "a guard that asks for the role ANONYMOUS lets everybody pass.",
      "src/graphql/policy.ts guard":
        "nobody calls the `subscribe` of what is not a subscription, and a subscription has one.",
    },
  },
  drafts: {
    mutate: ["src/domain/drafts/draft-steps.ts", "src/domain/drafts/review.ts"],
    tests: ["domain/drafts/{opening,review,steps}.test.ts"],
    survivors: {
      "src/domain/drafts/draft-steps.ts rewriteDraft": "the draft that was saved is put into the outcome once more.",
      "src/domain/drafts/review.ts broughtAlong":
        "a text that is no id is either linked to or created, and only what is both is brought along.",
    },
  },
  idempotency: {
    mutate: ["src/domain/changes/hash.ts", "src/store/sqlite/idempotency.ts"],
    tests: ["store/sqlite/idempotency.test.ts", "domain/changes/input-hash.test.ts"],
  },
  http: { folder: "src/http", faults: "test/http/faults.yaml", survivors: {} },
};
