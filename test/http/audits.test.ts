import { serverAudits } from "graphql-http";
import { type RunningApp, runApp } from "./running-app";

// What CSRF protection refuses: a GET that any page could send. The specification only says that servers MAY take these.
const refused = ["5A70", "D6D5", "6A70"];

describe("the GraphQL over HTTP specification", () => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await runApp();
  });
  afterAll(() => app.close());

  it.each(
    serverAudits({ url: () => `${app.url}/graphql`, fetchFn: fetch }).map(
      (audit) => [audit.id, audit.name, audit] as const,
    ),
  )("%s: server %s", async (id, _, audit) => {
    const result = await audit.fn();
    expect(result.status).toBe(refused.includes(id) ? "notice" : "ok");
  });
});
