import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  type ValidationRule,
} from "graphql";
import type { GraphQLContext } from "../context";
import { checkDocument, checkVariables } from "./document-limits";
import { limitError } from "./limit-error";
import type { Limits } from "./limits";
import type { OperationCosts } from "./operation-costs";

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
