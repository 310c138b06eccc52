import { cacheSizes } from "../src/cache-budgets";
import { createQueryCaches } from "../src/graphql/query-caches";
import pino from "pino";
import { anonymous } from "../src/domain/access/principal";
import { buildSchema } from "../src/graphql/build-schema";
import { batchedLinks } from "../src/graphql/batched-links";
import { commitLog } from "../src/graphql/commit-log";
import { createContext } from "../src/graphql/context";
import { createApolloServer } from "../src/graphql/server";
import { countingReader } from "../test/graphql/counting-reader";
import { openStore } from "../src/store/open-store";
import { cases } from "./operations";

/** How often Fulcrum asks its store for one request of each operation, on one of the banks. */
export async function storeCalls(
  database: string,
): Promise<readonly { readonly operation: string; readonly calls: number }[]> {
  const store = await openStore({ url: `sqlite:${database}`, user: "", password: "", database: "" });
  const apollo = createApolloServer({
    schema: buildSchema(),
    logger: pino({ level: "silent" }),
    caches: createQueryCaches(cacheSizes),
  });
  try {
    const counted = [];
    for (const { name, documents } of cases) {
      const [operation] = documents.fulcrum?.(300) ?? [];
      const calls: string[] = [];
      const reader = countingReader(store.reader(), calls);
      const access = {
        links: batchedLinks(reader),
        snapshot: () => Promise.reject(new Error("These operations walk no snapshot.")),
        log: commitLog(store),
      };
      const contextValue = createContext(access, {
        authoring: {
          database: store,
          allowsOwnApproval: false,
          head: () => Promise.reject(new Error("These operations write nothing.")),
        },
        principal: anonymous,
        requestId: "bench",
      });
      const { body } = await apollo.executeOperation({ ...operation }, { contextValue });
      if (body.kind !== "single" || body.singleResult.errors) throw new Error(`${name}: ${JSON.stringify(body)}`);
      counted.push({ operation: name, calls: calls.length });
    }
    return counted;
  } finally {
    await store.close();
  }
}
