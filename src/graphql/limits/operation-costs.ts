import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { type ByteCache, textBytes } from "../../domain/byte-cache";
import { actualCost } from "./actual-cost";
import { operationCost } from "./operation-cost";

type Variables = Readonly<Record<string, unknown>>;

/** Longer variables, in characters, are not looked up: to read them takes longer than to work the cost out. */
const longVariables = 2_000;

/** What is worked out once for an operation of a document. */
interface Known {
  readonly number: number;
  readonly actual: (data: Readonly<Record<string, unknown>>) => number;
}

/** The costs of operations, each worked out once for its document and, as far as they matter, its variables. */
export class OperationCosts {
  /** What is known goes when the document does. */
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(
    private readonly schema: GraphQLSchema,
    /** By number of the operation and its variables. */
    private readonly requestedCosts: ByteCache<string, number>,
  ) {}

  /** Objects that the operation may have to produce. The variables are coerced, `key` is their JSON; the document is valid. */
  requested(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, key: string): number {
    if (key.length > longVariables) return operationCost(this.schema, document, operation, variables);
    const place = `${this.of(document, operation).number} ${key}`;
    let cost = this.requestedCosts.get(place);
    if (cost === undefined) {
      cost = operationCost(this.schema, document, operation, variables);
      this.requestedCosts.set(place, cost, textBytes(place));
    }
    return cost;
  }

  /** Objects that an answer holds. */
  actual(document: DocumentNode, operation: OperationDefinitionNode, data: Readonly<Record<string, unknown>>): number {
    return this.of(document, operation).actual(data);
  }

  private of(document: DocumentNode, operation: OperationDefinitionNode): Known {
    let known = this.known.get(operation);
    if (!known) {
      known = {
        number: operations++,
        actual: actualCost(this.schema, document, operation),
      };
      this.known.set(operation, known);
    }
    return known;
  }
}

/** How many operations have been numbered in this process, by whichever server. */
let operations = 0;
