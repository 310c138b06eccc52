import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { type ByteCache, textBytes } from "../../domain/byte-cache";
import { type OperationCost, operationCost } from "./operation-cost";

type Variables = Readonly<Record<string, unknown>>;

/** Longer variables, in characters, are not looked up: to read them takes longer than to work the cost out. */
const longVariables = 2_000;

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
