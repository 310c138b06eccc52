import type { GraphView, QueryableView } from "../domain/graph/graph-view";
import type { LinkPage, ListQuery, NodePage } from "../domain/graph/port";
import type { NodeId } from "../domain/ids";
import { isEdgeRelation, type RelationName, relations } from "../domain/ontology/relations";
import type { CommitLog } from "./commit-log";
import type { GraphAccess, Snapshot } from "./graph-access";
import type { Meter } from "./limits/meter";
import type { LinkQuery, Links } from "./links";
import { isPromise, whenReady } from "./maybe-promise";

/** The access, whose reads the meter counts. */
export const metered = (
  { links, snapshot, log }: GraphAccess,
  meter: Meter,
): Omit<GraphAccess, "revision" | "hash" | "isPast"> => ({
  links: meteredLinks(links, meter),
  snapshot: () => {
    const found = snapshot();
    return isPromise(found) ? found.then((each) => meteredSnapshot(each, meter)) : meteredSnapshot(found, meter);
  },
  log: meteredLog(log, meter),
});

function meteredLinks(links: Links, meter: Meter): Links {
  const texts = new Set<NodeId>();
  const countPage = (page: LinkPage): LinkPage => {
    meter.objects(page.links.length);
    return page;
  };
  const countNodes = (page: NodePage): NodePage => {
    meter.objects(page.nodes.length);
    return page;
  };
  /** A filter may look at the whole kind. */
  const countFilter = ({ kind, where }: Pick<ListQuery, "kind" | "where">): void => {
    if (where) meter.items(links.size(kind));
  };
  return {
    ...links,
    node: (id, ahead) => {
      meter.objects(1);
      return links.node(id, ahead);
    },
    idBySlug: (kind, slug) => {
      meter.lookUps(1);
      return links.idBySlug(kind, slug);
    },
    texts: (id) => {
      if (texts.has(id)) return links.texts(id);
      texts.add(id);
      return whenReady(links.texts(id), (found) => {
        meter.bytes(Object.values(found).reduce((sum, text) => sum + text.length, 0));
        return found;
      });
    },
    page: (query, of, ahead) => {
      if (query.where || query.order || query.after) meter.items(walked(links, query, of));
      const page = links.page(query, of, ahead);
      return isPromise(page) ? page.then(countPage) : countPage(page);
    },
    count: (query, of) => {
      if (query.where) meter.items(walked(links, query, of));
      return links.count(query, of);
    },
    list: (query) => {
      countFilter(query);
      const page = links.list(query);
      return isPromise(page) ? page.then(countNodes) : countNodes(page);
    },
    total: (query) => {
      countFilter(query);
      return links.total(query);
    },
    facets: (query, by) => {
      meter.items(links.size(query.kind) * facetLinks);
      return links.facets(query, by);
    },
  };
}

/** Facets count the links of each node. */
const facetLinks = 4;

/** The links that a filter, another order or a later page goes through. */
const walked = (links: Links, { relation }: Pick<LinkQuery, "relation">, of: NodeId): number =>
  isEdgeRelation(relations[relation]) ? links.degree(of, relation) : 0;

const meteredSnapshot = (snapshot: Snapshot, meter: Meter): Snapshot => ({
  view: new MeteredView(snapshot.view, meter),
  indexes: () => snapshot.indexes(),
});

/** A view that counts what algorithms look up in it. What is remembered for a revision is found at nobody's expense. */
class MeteredView implements QueryableView {
  constructor(
    private readonly view: QueryableView,
    private readonly meter: Meter,
  ) {}

  get revision() {
    return this.view.revision;
  }

  get hash() {
    return this.view.hash;
  }

  node(id: NodeId) {
    this.meter.lookUps(1);
    return this.view.node(id);
  }

  links(id: NodeId, relation: RelationName) {
    const found = this.view.links(id, relation);
    this.meter.list(found.length);
    return found;
  }

  slugOwner(...args: Parameters<GraphView["slugOwner"]>) {
    this.meter.lookUps(1);
    return this.view.slugOwner(...args);
  }

  nodesInOrder(...args: Parameters<GraphView["nodesInOrder"]>) {
    return this.view.nodesInOrder(...args);
  }

  remember<T>(key: string, make: (view: GraphView) => T): T {
    return this.view.remember(key, make);
  }

  page(...args: Parameters<QueryableView["page"]>) {
    return this.view.page(...args);
  }

  count(...args: Parameters<QueryableView["count"]>) {
    return this.view.count(...args);
  }

  list(query: ListQuery) {
    if (query.where) this.meter.items(this.view.nodesInOrder(query.kind, { by: "id", direction: "ASC" }).length);
    return this.view.list(query);
  }

  total(...args: Parameters<QueryableView["total"]>) {
    return this.view.total(...args);
  }

  facets(...args: Parameters<QueryableView["facets"]>) {
    return this.view.facets(...args);
  }
}

/** Bytes of a part of the log, of what changed and of the nodes that it is about: at least one is decoded for a stretch. */
const partBytes = { changes: 64_000, nodes: 16_000 } as const;

const meteredLog = (log: CommitLog, meter: Meter): CommitLog => ({
  entries: async (query) => {
    const heads = await log.entries(query);
    meter.objects(heads.length);
    return heads;
  },
  entry: (revision) => {
    meter.objects(1);
    return log.entry(revision);
  },
  history: async (id, page) => {
    const found = await log.history(id, page);
    meter.objects(found.commits.length);
    return found;
  },
  fieldChanges: (revision, stretch) => {
    meter.bytes(partBytes.changes);
    return log.fieldChanges(revision, stretch);
  },
  touched: (revision, stretch) => {
    meter.bytes(partBytes.nodes);
    return log.touched(revision, stretch);
  },
  whole: (revision) => {
    meter.bytes(partBytes.changes);
    return log.whole(revision);
  },
});
