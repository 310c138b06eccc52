import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
  type ValidationRule,
} from "graphql";
import { type ByteCache, textBytes } from "../../domain/byte-cache";
import type { GraphQLContext } from "../context";
import { checkDocument, checkVariables } from "./document-limits";
import type { Limits } from "./limits";
import { limitError } from "./meter";
import { type OperationCost, operationCost } from "./operation-cost";

/** What it takes to parse, validate and analyse a document that was not asked lately, in units of cost. */
const newDocumentCost = 150;

/** What Apollo Server needs to hold requests to limits: options to spread into its own. */
export function limitOptions(schema: GraphQLSchema, limits: Limits, costs: OperationCosts) {
  const refusals = new WeakMap<DocumentNode, readonly GraphQLError[]>();

  const reportRefusals: ValidationRule = (context) => ({
    Document: (document) => refusals.get(document)?.forEach((error) => context.reportError(error)),
  });

  const plugin: ApolloServerPlugin<GraphQLContext> = {
    requestDidStart: async () => ({
      /**
       * Apollo runs own rules beside graphql's, whose cost is quadratic in a hostile document. So a document over the
       * limits is put aside before, and a stand-in is validated that reports what was wrong with it.
       */
      validationDidStart: async (request) => {
        request.contextValue.allowance?.spend(newDocumentCost);
        const errors = checkDocument(request.document, limits);
        if (errors.length === 0) return;
        const standIn = parse("{ __typename }");
        refusals.set(standIn, errors);
        (request as { document: DocumentNode }).document = standIn;
      },

      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (!operation) return;
        const given = request.variables ?? {};
        checkVariables(given, limits.variables);
        const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
        // Execution refuses what cannot be coerced.
        if (!coerced) return;
        const { report, allowance } = contextValue;
        report.variables = JSON.stringify(coerced);
        const { whole: cost, introspection } = costs.of(document, operation, coerced, report.variables);
        report.requestedCost = cost;
        if (cost > limits.cost) {
          throw limitError(
            "OPERATION_TOO_COMPLEX",
            `The operation costs ${cost}, and the limit is ${limits.cost}; ask for shorter pages or fewer levels.`,
            { cost, limit: limits.cost },
          );
        }
        allowance?.charge(cost);
        report.chargedCost = cost;
        report.meter.limit = limits.cost;
        if (introspection > 0) report.meter.objects(introspection);
      },
    }),
  };

  return {
    parseOptions: { maxTokens: limits.tokens, maxSourceLength: limits.sourceLength },
    validationRules: [reportRefusals],
    validationOptions: { maxErrors: 3 },
    executionOptions: { maxCoercionErrors: 3 },
    plugin,
  };
}

type Variables = Readonly<Record<string, unknown>>;

/** Longer variables, in characters, are not looked up: to read them takes longer than to work the cost out. */
const longVariables = 2000;

/** The costs of operations, each worked out once for its document and, as far as they matter, its variables. */
export class OperationCosts {
  /** What is known goes when the document does. */
  private readonly numbers = new WeakMap<OperationDefinitionNode, number>();

  constructor(
    private readonly schema: GraphQLSchema,
    /** By number of the operation and its variables. */
    private readonly known: ByteCache<string, OperationCost>,
  ) {}

  /** What the operation may come to. The variables are coerced, `key` is their JSON; the document is valid. */
  of(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, key: string): OperationCost {
    if (key.length > longVariables) return operationCost(this.schema, document, operation, variables);
    const place = `${this.numberOf(operation)} ${key}`;
    let cost = this.known.get(place);
    if (cost === undefined) {
      cost = operationCost(this.schema, document, operation, variables);
      this.known.set(place, cost, textBytes(place));
    }
    return cost;
  }

  private numberOf(operation: OperationDefinitionNode): number {
    let number = this.numbers.get(operation);
    if (number === undefined) this.numbers.set(operation, (number = operations++));
    return number;
  }
}

/** How many operations have been numbered in this process, by whichever server. */
let operations = 0;
