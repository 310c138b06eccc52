import type { AccessRole, Principal } from "../../../src/domain/access/principal";
import type { Database } from "../../../src/domain/database";
import { createMemoryStore } from "../../../src/store/memory/memory-store";
import type { Changes } from "../../builders/changes";
import { type Api, anApi } from "../api";

const someone = (name: string, role: AccessRole): Principal => ({ id: `key:${name.toLowerCase()}`, name, role });

/** What tests look at of a mutation's payload. */
export interface Payload {
  readonly node: { readonly slug: string; readonly [field: string]: unknown } | null;
  readonly changeSet: { readonly id: string; readonly status: string; readonly [field: string]: unknown } | null;
  readonly revision: number | null;
  readonly changes: readonly {
    readonly subject: string;
    readonly field: string | null;
    readonly [key: string]: unknown;
  }[];
  readonly userErrors: readonly {
    readonly code: string;
    readonly path: readonly unknown[];
    readonly [key: string]: unknown;
  }[];
}

export interface Member extends Api {
  /** Runs one mutation, written as its call; variables are declared by their types, as `$input: QuestionInput!`. */
  run(call: string, variables?: Readonly<Record<string, unknown>>, declared?: string): Promise<Payload>;
  /** Opens a change set and gives its id. */
  open(title?: string): Promise<string>;
}

export interface Newsroom {
  readonly store: Database;
  readonly author: Member;
  readonly otherAuthor: Member;
  readonly editor: Member;
  readonly reader: Member;
}

const selection = `{
  node { id slug __typename ... on Question { title concepts { reason node { slug } } followUps { node { slug } } } ... on Concept { title summary } }
  changeSet { id title status version }
  revision
  changes { subject changeType field before after }
  userErrors { code message path didYouMean nodes }
}`;

/** People with different roles around one bank. */
export async function aNewsroom(changes: Changes, store: Database = createMemoryStore()): Promise<Newsroom> {
  await anApi(changes, { store });
  const member = async (name: string, role: AccessRole): Promise<Member> => {
    const api = await anApi([], { store, principal: someone(name, role) });
    const run: Member["run"] = async (call, variables = {}, declared = "") => {
      const operation = `mutation${declared && `(${declared})`} { it: ${call} ${selection} }`;
      return (await api.data<{ it: Payload }>(operation, variables)).it;
    };
    return {
      ...api,
      run,
      open: async (title = "Draft") =>
        (await run(`openChangeSet(title: ${JSON.stringify(title)})`)).changeSet?.id as string,
    };
  };
  return {
    store,
    author: await member("Ada", "AUTHOR"),
    otherAuthor: await member("Otto", "AUTHOR"),
    editor: await member("Edith", "EDITOR"),
    reader: await member("Nobody", "ANONYMOUS"),
  };
}

/** The errors of a payload, each as its code and path. */
export const errorsOf = ({ userErrors }: Payload): [string, readonly unknown[]][] =>
  userErrors.map(({ code, path }) => [code, path]);
