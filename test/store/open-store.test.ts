import { openStore } from "../../src/store/open-store";

const address = (url: string) => ({ url, user: "", password: "", database: "neo4j" });

it.each(["postgres://localhost/bank", "neo4j:localhost", "bank.db", ""])(
  "an address that no store has is refused: %j",
  (url) =>
    expect(openStore(address(url))).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      message: `No store has the address ${JSON.stringify(url)}; it is sqlite:PATH, neo4j://HOST or bolt://HOST.`,
    }),
);
