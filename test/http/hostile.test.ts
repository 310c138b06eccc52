import { existsSync, readFileSync } from "node:fs";
import { hostileRequests, listedCodes, seededRequests, type HostileRequest } from "./hostile-requests";
import { type ServerProcess, startServer } from "./server-process";

const limitMilliseconds = 100;
const tries = 4;

describe("a hostile request", () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await startServer({ FULCRUM_LOG_LEVEL: "info" });
    for (let i = 0; i < 50; i++)
      await send({ name: "warm-up", body: JSON.stringify({ query: "{ __typename questions { nodes { title } } }" }) });
  });
  afterAll(() => server.stop());

  /** Milliseconds for which the server's main thread has had a processor so far, by Linux; elsewhere, of the clock. */
  const worked = (): number => {
    const counters = `/proc/${server.child.pid}/task/${server.child.pid}/schedstat`;
    return existsSync(counters) ? Number(readFileSync(counters, "utf8").split(" ")[0]) / 1e6 : performance.now();
  };

  async function send({ body, headers = {}, method = "POST", path = "/graphql" }: HostileRequest): Promise<string> {
    const response = await fetch(server.url + path, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body }),
    });
    expect(response.headers.get("content-type")).toMatch(/json/);
    return response.text();
  }

  /** The answer, once it and a neighbour's health check took no more work than the limit; what is compiled meanwhile has some tries. */
  async function answered(
    request: HostileRequest,
  ): Promise<{ errors?: { message: string; extensions?: { code?: string } }[] }> {
    let slowest = 0;
    for (let i = 0; i < tries; i++) {
      const before = worked();
      const [text] = await Promise.all([send(request), fetch(`${server.url}/healthz`)]);
      slowest = worked() - before;
      if (slowest < limitMilliseconds) return JSON.parse(text) as never;
    }
    throw new Error(`${request.name} took ${slowest} ms of work at each of ${tries} tries.`);
  }

  it.each(hostileRequests().map((request) => [request.name, request] as const))(
    "%s is refused at once, with a listed code",
    async (_, request) => {
      const { errors } = await answered(request);
      expect(errors?.length).toBeGreaterThan(0);
      for (const error of errors ?? []) expect(listedCodes).toContain(error.extensions?.code);
      expect(Buffer.byteLength(JSON.stringify(errors))).toBeLessThan(8_000);
      expect(server.child.exitCode).toBeNull();
    },
  );

  it("of 500 made from seeds is answered at once, with data or listed codes, and nothing internal shows", async () => {
    for (const request of seededRequests(500)) {
      const { errors = [] } = await answered(request);
      for (const error of errors) {
        expect([request.name, listedCodes.includes(error.extensions?.code ?? "")]).toEqual([request.name, true]);
        expect(error.message).not.toMatch(/SELECT|MATCH \(|node_modules|at .*\.(ts|js):\d|sqlite/i);
      }
    }
    expect(server.child.exitCode).toBeNull();
  });

  it("leaves no trace of its content in the log", () => {
    expect(server.log.length).toBeGreaterThan(100);
    expect(JSON.stringify(server.log)).not.toContain("hostile-marker");
  });
});
