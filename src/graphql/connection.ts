import { encodeCursor } from "../domain/graph/cursor";
import type { Link } from "../domain/graph/node";
import { type Order, positionOfLink } from "../domain/graph/order";
import type { Facet } from "../domain/graph/port";
import { linkSource, type LinkSource } from "./links";
import type { PromiseOrValue } from "./promise-or-value";

/** A link in a connection. */
export interface Edge extends LinkSource {
  readonly cursorOf: () => string;
}

interface ConnectionOptions {
  readonly links: readonly Link[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  readonly order: Order;
  /** What the list is besides its order: cursors are good for this list alone. */
  readonly list: unknown;
  readonly count: () => PromiseOrValue<number>;
  /** For root lists of kinds that have facets. */
  readonly facets?: (by: string) => PromiseOrValue<readonly Facet[]>;
}

/** One page of a Relay connection (https://relay.dev/graphql/connections.htm). Nothing is worked out before it is asked for. */
export class Connection {
  constructor(readonly options: ConnectionOptions) {}

  get edges(): readonly Edge[] {
    return this.options.links.map((link) => ({ ...linkSource(link), cursorOf: () => this.cursorOf(link) }));
  }

  get nodes(): readonly Link["node"][] {
    return this.options.links.map((link) => link.node);
  }

  get pageInfo(): PageInfo {
    return new PageInfo(this);
  }

  cursorOf(link: Link): string {
    return encodeCursor(positionOfLink(link, this.options.order), this.options.order, this.options.list);
  }
}

class PageInfo {
  constructor(private readonly connection: Connection) {}

  get hasNextPage(): boolean {
    return this.connection.options.hasNext;
  }

  get hasPreviousPage(): boolean {
    return this.connection.options.hasPrevious;
  }

  get startCursor(): string | null {
    return this.cursorAt(0);
  }

  get endCursor(): string | null {
    return this.cursorAt(-1);
  }

  private cursorAt(index: number): string | null {
    const link = this.connection.options.links.at(index);
    return link ? this.connection.cursorOf(link) : null;
  }
}
