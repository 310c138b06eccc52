import {
  type DocumentNode,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  validate,
} from "graphql";
import { checkDocument, checkVariables } from "../limits/document-limits";
import type { Limits } from "../limits/limits";
import { limitError } from "../limits/meter";
import { operationCost } from "../limits/operation-cost";

/** What a client sends to start an operation over a socket. */
interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

interface Admitted {
  readonly document: DocumentNode;
  /** What each event may come to, in units of cost. */
  readonly cost: number;
}

/**
 * Holds a subscription to what requests over HTTP are held to, in the same order: parse limits, own rules, graphql's
 * rules, variables, cost. Or what is wrong.
 */
export function admit(
  schema: GraphQLSchema,
  { query, operationName, variables }: OperationRequest,
  limits: Limits,
): Admitted | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: limits.tokens, maxSourceLength: limits.sourceLength });
  } catch (error) {
    if (error instanceof GraphQLError) return [withCode(error, "GRAPHQL_PARSE_FAILED")];
    throw error;
  }
  const overLimits = checkDocument(document, limits);
  if (overLimits.length > 0) return overLimits;
  const faults = validate(schema, document, undefined, { maxErrors: 3 });
  if (faults.length > 0) return faults.map((fault) => withCode(fault, "GRAPHQL_VALIDATION_FAILED"));

  const operation = getOperationAST(document, operationName);
  if (!operation)
    return [failure("OPERATION_RESOLUTION_FAILURE", "The document has no single operation, or none of this name.")];
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION)
    return [failure("BAD_REQUEST", "Only subscriptions go over a WebSocket; send queries and mutations by POST.")];

  const given = variables ?? {};
  try {
    checkVariables(given, limits.variables);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 });
  if (errors) return errors.map((error) => withCode(error, "BAD_USER_INPUT"));
  const { whole: cost } = operationCost(schema, document, operation, coerced);
  if (cost > limits.cost) {
    const message = `The subscription costs ${cost} at each event, and the limit is ${limits.cost}.`;
    return [limitError("OPERATION_TOO_COMPLEX", message, { cost, limit: limits.cost })];
  }
  return { document, cost };
}

const failure = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code } });

function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions["code"] = code;
  return error;
}
