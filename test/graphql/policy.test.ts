import { buildSchema as schemaOf, graphql, type GraphQLObjectType, parse, subscribe } from "graphql";
import { accessRoles, type Principal } from "../../src/domain/access/principal";
import { buildSchema } from "../../src/graphql/build-schema";
import { publicError } from "../../src/graphql/errors";
import { enforce, policyFaults } from "../../src/graphql/policy";
import { policy } from "../../src/graphql/policy";
import { anApi } from "./api";

const someone = (role: Principal["role"]): Principal => ({ id: `key:${role}`, name: role, role });

const sdl = `
  type Query { open: Int secret: Secret }
  type Mutation { write: Int publish: Int }
  type Subscription { watch: Int }
  type Secret { public: Int guarded: Int }
`;

const entries = {
  "Query.open": "ANONYMOUS",
  "Query.secret": "ANONYMOUS",
  "Secret.guarded": "EDITOR",
  "Mutation.write": "AUTHOR",
  "Mutation.publish": "ADMIN",
  "Subscription.watch": "AUTHOR",
} as const;

const beyondAnonymous = Object.entries(policy).filter(([, role]) => role !== "ANONYMOUS");
const fieldsOf = (role: string) => beyondAnonymous.flatMap(([field, wanted]) => (wanted === role ? [field] : []));

describe("the policy", () => {
  it("knows no roles but those that there are: anybody would have another one", () => {
    expect(Object.entries(policy).filter(([, role]) => !accessRoles.includes(role))).toEqual([]);
  });

  it("asks for an editor to judge and publish, and for an author for whatever else writes or shows drafts and names", () => {
    const forEditors = ["approveChangeSet", "requestChanges", "publishChangeSet"].map((name) => `Mutation.${name}`);
    expect(fieldsOf("EDITOR")).toEqual(forEditors);
    const mutations = Object.keys(buildSchema().getMutationType()?.getFields() ?? {}).map((name) => `Mutation.${name}`);
    const reads = ["Commit.actor", "Commit.changes", "Query.lint", "Query.changeSet", "Query.changeSets"];
    expect(fieldsOf("AUTHOR").sort()).toEqual(
      [...reads, ...mutations.filter((name) => !forEditors.includes(name))].sort(),
    );
  });

  it("has an entry for each field of Query, Mutation and Subscription, and none that names nothing", () => {
    expect(policyFaults(buildSchema(), policy)).toEqual([]);
  });

  it("lets nobody write without a credential", () => {
    const writing = Object.keys(buildSchema().getMutationType()?.getFields() ?? {});
    expect(writing.filter((field) => policy[`Mutation.${field}`] === "ANONYMOUS")).toEqual([]);
  });

  it("is told apart from a schema that it does not fit, which is not served", () => {
    const { "Query.open": _, ...without } = entries;
    const wrong = { ...without, "Mutation.gone": "AUTHOR", "Nothing.at": "ADMIN" } as const;
    const faults = [
      "Query.open has no entry in the policy.",
      "The policy's entry Mutation.gone names no field.",
      "The policy's entry Nothing.at names no field.",
    ];
    expect(policyFaults(schemaOf(sdl), wrong)).toEqual(faults);
    expect(() => enforce(schemaOf(sdl), wrong)).toThrow(faults.join("\n"));
  });

  describe.each(accessRoles)("lets %s", (role) => {
    const schema = schemaOf(sdl);
    const watch = (schema.getSubscriptionType() as GraphQLObjectType).getFields()["watch"];
    if (watch)
      watch.subscribe = async function* () {
        yield { watch: 1 };
      };
    enforce(schema, entries);
    const rootValue = { open: 1, secret: { public: 1, guarded: 1 }, write: 1, publish: 1 };
    const contextValue = { principal: someone(role) };
    const ranks = accessRoles.indexOf(role);
    const refusal = role === "ANONYMOUS" ? "UNAUTHENTICATED" : "FORBIDDEN";

    it.each([
      ["{ open }", "ANONYMOUS"],
      ["{ secret { public } }", "ANONYMOUS"],
      ["{ secret { guarded } }", "EDITOR"],
      ["mutation { write }", "AUTHOR"],
      ["mutation { publish }", "ADMIN"],
    ] as const)("%s only with %s or more", async (source, min) => {
      const { errors = [] } = await graphql({ schema, source, rootValue, contextValue });
      const allowed = ranks >= accessRoles.indexOf(min);
      expect(errors.map((error) => publicError(error).code)).toEqual(allowed ? [] : [refusal]);
    });

    it("subscribe only with AUTHOR or more", async () => {
      const events = await subscribe({ schema, document: parse("subscription { watch }"), contextValue });
      const allowed = ranks >= accessRoles.indexOf("AUTHOR");
      expect(Symbol.asyncIterator in events).toBe(allowed);
      if (!(Symbol.asyncIterator in events))
        expect(events.errors?.map((error) => publicError(error).code)).toEqual([refusal]);
    });
  });

  it("lets whose key cannot be checked now read and subscribe, but not write", async () => {
    const schema = schemaOf(sdl);
    const watch = (schema.getSubscriptionType() as GraphQLObjectType).getFields()["watch"]!;
    watch.subscribe = async function* () {
      yield { watch: 1 };
    };
    enforce(schema, entries);
    const contextValue = { principal: { ...someone("ADMIN"), isUnconfirmed: true as const } };
    const rootValue = { secret: { guarded: 1 }, write: 1 };
    const answered = (source: string) => graphql({ schema, source, rootValue, contextValue });
    expect(await answered("{ secret { guarded } }")).toEqual({ data: { secret: { guarded: 1 } } });
    const { data, errors = [] } = await answered("mutation { write }");
    expect(data).toEqual({ write: null });
    expect(errors.map((error) => [publicError(error).code, error.message])).toEqual([
      ["SERVICE_UNAVAILABLE", "The key cannot be checked now, as a write needs."],
    ]);
    const events = await subscribe({ schema, document: parse("subscription { watch }"), contextValue });
    expect(Symbol.asyncIterator in events).toBe(true);
  });

  it("needs no schema with each of the roots", () => {
    expect(policyFaults(schemaOf("type Query { open: Int }"), { "Query.open": "ANONYMOUS" })).toEqual([]);
  });

  it("says in words what is missing", async () => {
    const schema = schemaOf(sdl);
    enforce(schema, entries);
    const messages = async (role: Principal["role"]) => {
      const contextValue = { principal: someone(role) };
      const { errors = [] } = await graphql({ schema, source: "mutation { publish }", contextValue });
      return errors.map((error) => error.message);
    };
    expect(await messages("ANONYMOUS")).toEqual(["Mutation.publish needs an API key or a token with the role ADMIN."]);
    expect(await messages("EDITOR")).toEqual(["Mutation.publish needs the role ADMIN, but the credential has EDITOR."]);
  });
});

describe("of the whole schema", () => {
  const operations = [buildSchema().getQueryType(), buildSchema().getMutationType()].flatMap((type) =>
    type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );

  it.each(accessRoles)("%s may use exactly what the policy says, operation by operation", async (role) => {
    const principal = someone(role);
    for (const name of operations) {
      const [typeName, fieldName] = name.split(".") as [string, string];
      const field = (buildSchema().getType(typeName) as GraphQLObjectType).getFields()[fieldName];
      let code: string | null = null;
      try {
        // Whatever goes on after the policy let it pass fails for want of a store.
        await field?.resolve?.({}, {}, { principal }, {} as never);
      } catch (error) {
        code = publicError(error).code;
      }
      const allowed = accessRoles.indexOf(role) >= accessRoles.indexOf(policy[name] ?? "ADMIN");
      const refusal = role === "ANONYMOUS" ? "UNAUTHENTICATED" : "FORBIDDEN";
      expect([name, code === "UNAUTHENTICATED" || code === "FORBIDDEN"]).toEqual([name, !allowed]);
      if (!allowed) expect([name, code]).toEqual([name, refusal]);
    }
  });
});

describe("the viewer", () => {
  it.each(accessRoles)("%s learns who it is", async (role) => {
    const api = await anApi([], { principal: someone(role) });
    expect(await api.data("{ viewer { name role } }")).toEqual({ viewer: { name: role, role } });
  });
});
