import { setTimeout as wait } from "node:timers/promises";
import { newApiKey } from "../../src/domain/access/api-key";
import type { Database } from "../../src/domain/database";

/** What the tests look at of a mutation's payload. */
export interface Payload {
  readonly changeSet: { readonly id: string } | null;
  readonly revision: number | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

type Variables = Readonly<Record<string, unknown>>;

interface Body {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** After these the call is made again: nobody knows whether it was carried out. */
const worthRepeating: ReadonlySet<string> = new Set(["SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"]);
/** A server that has gone answers nothing any more; one that is there and loses three answers in ten never loses so many. */
const mostUnanswered = 50;
/** How long a server is asked again that says that it cannot answer now. */
const patienceMilliseconds = 500_000;
const pauseMilliseconds = 50;

/** Somebody with an API key, who talks to a server over HTTP and repeats what was not answered until it is. */
export class Editor {
  /** Calls that were made again since their answer was lost on the way. */
  lost = 0;
  /** Calls that were made again since the server could not answer them then. */
  refused = 0;

  constructor(
    readonly name: string,
    private readonly key: string,
    /** The server to talk to. */
    public url: string,
  ) {}

  /** Runs one mutation, written as its call, under the idempotency key; variables are declared by their types. */
  async mutate(call: string, declared: string, variables: Variables): Promise<Payload> {
    const selection = "{ changeSet { id } revision userErrors { code message } }";
    const { it } = await this.ask<{ it: Payload }>(`mutation (${declared}) { it: ${call} ${selection} }`, variables);
    return it;
  }

  /** The data of an operation. Throws for errors that repeating does not mend, and when it has gone on for too long. */
  async ask<Data>(query: string, variables: Variables = {}, headers: Readonly<Record<string, string>> = {}) {
    const until = performance.now() + patienceMilliseconds;
    for (let unanswered = 0; ;) {
      const body = await this.send(JSON.stringify({ query, variables }), headers);
      if (body && !body.errors) return body.data as Data;
      if (!body) {
        if (++unanswered === mostUnanswered) throw new Error("No answer came.");
        this.lost += 1;
        continue;
      }
      const isWorthIt = body.errors?.every(({ extensions }) => worthRepeating.has(extensions.code));
      if (!isWorthIt || performance.now() > until) throw new Error(JSON.stringify(body.errors));
      this.refused += 1;
      await wait(pauseMilliseconds);
    }
  }

  /** Null if no answer came. */
  private async send(body: string, headers: Readonly<Record<string, string>>): Promise<Body | null> {
    const all = { "content-type": "application/json", authorization: `Bearer ${this.key}`, ...headers };
    try {
      const response = await fetch(`${this.url}/graphql`, { method: "POST", headers: all, body });
      return (await response.json()) as Body;
    } catch {
      return null;
    }
  }
}

/** Makes a key for each of so many editors, who talk to the servers in turn. */
export async function someEditors(count: number, store: Database, urls: readonly string[]): Promise<Editor[]> {
  const editors: Editor[] = [];
  for (let index = 0; index < count; index++) {
    const name = `editor-${index}`;
    const { key, text } = newApiKey({ name, role: "EDITOR", expiresAt: null }, new Date());
    await store.keys.add(key);
    editors.push(new Editor(name, text, urls[index % urls.length] as string));
  }
  return editors;
}
