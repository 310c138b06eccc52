import { type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import { actualCost } from "./actual-cost";
import { operationCost } from "./operation-cost";

type Variables = Readonly<Record<string, unknown>>;

/** Variables of one operation whose cost is remembered. */
const keptVariables = 100;

/** What is worked out once for an operation of a document. */
interface Known {
  readonly requested: LRUCache<string, number>;
  readonly actual: (data: Readonly<Record<string, unknown>>) => number;
}

/** The costs of operations, each worked out once for its document and, as far as they matter, its variables. */
export class OperationCosts {
  /** What is known goes when the document does. */
  private readonly known = new WeakMap<OperationDefinitionNode, Known>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** Objects that the operation may have to produce. The variables are coerced, `key` is their JSON; the document is valid. */
  requested(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, key: string): number {
    const { requested } = this.of(document, operation);
    let cost = requested.get(key);
    if (cost === undefined) {
      cost = operationCost(this.schema, document, operation, variables);
      requested.set(key, cost);
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
        requested: new LRUCache({ max: keptVariables }),
        actual: actualCost(this.schema, document, operation),
      };
      this.known.set(operation, known);
    }
    return known;
  }
}
