import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";
import { post, type RunningApp, runApp } from "../http/running-app";
import type { Request } from "./calls";

export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** What may be said of a text that is not taken; a fault of the server's own is none of them. */
const refusals: ReadonlySet<string> = new Set([
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "OPERATION_TOO_COMPLEX",
  "NOT_FOUND",
  "CONFLICT",
  "IDEMPOTENCY_KEY_REUSED",
]);

/** What a server says that is short of time, as on a machine that does much else. */
const busy: ReadonlySet<string> = new Set(["SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"]);
const attempts = 3;

/** The whole app over HTTP, asked by somebody who may do everything. */
export class Asker {
  /** Answers that are none that a text may have, with the request. */
  readonly faults: string[] = [];

  private constructor(
    readonly app: RunningApp,
    private readonly key: string,
  ) {}

  static async over(store: Database, read: "memory" | "store"): Promise<Asker> {
    const { key, text } = newApiKey({ name: "Edith", role: "EDITOR", expiresAt: null }, new Date());
    await store.keys.add(key);
    return new Asker(await runApp({ store, env: { FULCRUM_READ: read, FULCRUM_OWN_APPROVAL: "on" } }), text);
  }

  /** As `answer`; a store that is too busy is asked again, which texts must not be the reason for every time. */
  async ask(request: Request): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const faults = this.faults.length;
      const answer = await this.answer(request);
      const isBusy = answer.errors?.some(({ extensions }) => busy.has(extensions.code));
      if (!isBusy || attempt === attempts) return answer;
      this.faults.length = faults;
    }
  }

  /** The answer, which has to be JSON with a status that fits and no error but a refusal; else it is kept as a fault. */
  private async answer(request: Request): Promise<Answer> {
    const response = await post(this.app, request, { authorization: `Bearer ${this.key}` });
    const text = await response.text();
    const fault = (what: string): Answer => {
      const asked = JSON.stringify(request).slice(0, 2_000);
      this.faults.push(`${what}: ${response.status} ${text.slice(0, 500)} for ${asked}`);
      return { data: null };
    };
    if (![200, 400, 413, 504].includes(response.status)) return fault("This is no status for a text");
    if (!/^application\/(graphql-response\+)?json/.test(response.headers.get("content-type") ?? ""))
      return fault("This is no JSON");
    const answer = JSON.parse(text) as Answer;
    if (answer.errors?.some(({ extensions }) => !refusals.has(extensions.code)))
      return { ...fault("This is no refusal"), errors: answer.errors };
    if (!answer.data && !answer.errors) return fault("Nothing was answered");
    return answer;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}
