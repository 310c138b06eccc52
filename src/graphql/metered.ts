import type { GraphView, QueryableView } from "../domain/graph/graph-view";
import { byId } from "../domain/graph/order";
import type { Steps } from "../domain/pacer";
import type { Where } from "../domain/graph/where";
import type { LinkPage, ListQuery } from "../domain/graph/port";
import type { NodeId } from "../domain/ids";
import type { NodeKind } from "../domain/ontology/node-kinds";
import { isEdgeRelation, type RelationName, relations } from "../domain/ontology/relations";
import type { Searching } from "../search/search-index";
import type { CommitLog } from "./commit-log";
import type { GraphAccess, GraphSnapshot } from "./graph-access";
import { base, type Meter } from "./limits/meter";
import type { LinkQuery, Links } from "./links";
import { isPromise, type PromiseOrValue, whenReady } from "./promise-or-value";

/** The graph of a request, whose reads its meter counts. What a request does not ask for is not made. */
export class MeteredAccess {
  private meteredLinks: Links | undefined;
  private meteredLog: CommitLog | undefined;

  constructor(
    private readonly access: GraphAccess,
    private readonly meter: Meter,
  ) {}

  get links(): Links {
    return (this.meteredLinks ??= new MeteredLinks(this.access.links, this.meter));
  }

  get log(): CommitLog {
    return (this.meteredLog ??= meteredLog(this.access.log, this.meter));
  }

  snapshot(): PromiseOrValue<GraphSnapshot> {
    this.meter.objects(base.algorithm);
    return whenReady(this.access.snapshot(), (snapshot) => meteredSnapshot(snapshot, this.meter));
  }
}

class MeteredLinks implements Links {
  private readTexts: Set<NodeId> | undefined;

  constructor(
    private readonly links: Links,
    private readonly meter: Meter,
  ) {}

  node(id: NodeId) {
    this.meter.objects(1);
    return this.links.node(id);
  }

  idBySlug(...args: Parameters<Links["idBySlug"]>) {
    this.meter.lookUps(1);
    return this.links.idBySlug(...args);
  }

  texts(id: NodeId) {
    const known = (this.readTexts ??= new Set());
    if (known.has(id)) return this.links.texts(id);
    known.add(id);
    return whenReady(this.links.texts(id), (found) => {
      this.meter.bytes(Object.values(found).reduce((sum, text) => sum + text.length, 0));
      return found;
    });
  }

  page(query: LinkQuery, of: NodeId) {
    this.countLinks(query, of);
    const page = this.links.page(query, of);
    return isPromise(page) ? page.then((each) => this.countPage(each)) : this.countPage(page);
  }

  count(query: Parameters<Links["count"]>[0], of: NodeId) {
    this.countLinks(query, of);
    return this.links.count(query, of);
  }

  list(query: ListQuery) {
    this.countFilter(query);
    return whenReady(this.links.list(query), (page) => {
      this.meter.objects(page.nodes.length);
      return page;
    });
  }

  total(query: Parameters<Links["total"]>[0]) {
    this.countFilter(query);
    return this.links.total(query);
  }

  facets(query: Parameters<Links["facets"]>[0], by: string) {
    this.countFilter(query);
    return whenReady(this.links.facets(query, by), (found) => {
      this.meter.items(itemsOfFacet.value * found.length);
      // Those of a whole list are counted once a revision.
      if (!query.where) return found;
      const counted = found.reduce((sum, { count }) => sum + itemsOfFacet.count * count, 0);
      this.meter.items(this.links.size(query.kind) + counted);
      return found;
    });
  }

  size(kind: NodeKind) {
    return this.links.size(kind);
  }

  degree(id: NodeId, relation: RelationName) {
    return this.links.degree(id, relation);
  }

  private countPage(page: LinkPage): LinkPage {
    this.meter.objects(page.links.length);
    return page;
  }

  /** A filter may look at the whole kind. */
  private countFilter({ kind, where }: Pick<ListQuery, "kind" | "where">): void {
    if (where) countWhere(this.meter, where, this.links.size(kind));
  }

  /** A filter, another order or a later page goes through all links with their nodes; what follows from a chain walks it. */
  private countLinks({ relation, where, order, after }: Omit<LinkQuery, "first">, of: NodeId): void {
    if (!isEdgeRelation(relations[relation])) this.meter.lookUps(this.links.degree(of, relation) * lookUpsOfStep);
    else if (where || order || after) this.meter.lookUps(this.links.degree(of, relation));
    if (where) countWhere(this.meter, where, 0);
  }
}

/** What it takes to read a filter and to test nodes of a kind of so many by it; what an id in it is linked to is looked up. */
function countWhere(meter: Meter, { and = [], any = [], not = [] }: Where, size: number): void {
  let ids = 0;
  for (const clause of [...and, ...any.flat(), ...not])
    if ("relation" in clause) ids += ("in" in clause ? clause.in : clause.all).length;
  meter.objects(base.filter);
  meter.items(size + ids * (itemsOfId + size * linkedShare));
}

/** What is linked to an id that a filter names: a list to look up, and a tenth of the kind, as to a node that many are linked to. */
const [itemsOfId, linkedShare] = [100, 0.1];

/** A link of a chain is looked up, remembered and put in order. */
const lookUpsOfStep = 2;

/** A name that is compared with one that nothing has. */
const lookUpsOfName = 3;

/** What each value takes to sort, and each node that has it to find and to count, in items. */
const itemsOfFacet = { value: 5, count: 3 } as const;

const meteredSnapshot = (snapshot: GraphSnapshot, meter: Meter): GraphSnapshot => ({
  view: new MeteredView(snapshot.view, meter),
  indexes: () =>
    whenReady(snapshot.indexes(), ({ words, search }) => ({ words, search: meteredSearch(search, meter) })),
});

const meteredSearch = (index: Searching, meter: Meter): Searching => {
  /** Step by step, since other searches may work between two of them. */
  function* counted<T>(search: Steps<T>): Steps<T> {
    try {
      for (;;) {
        const before = index.work;
        const { done, value } = search.next();
        meter.items(index.work - before);
        if (done) return value;
        yield value;
      }
    } finally {
      // Over the limit, it is not gone on with.
      search.return(undefined as T);
    }
  }
  return {
    work: 0,
    search: (...args) => counted(index.search(...args)),
    suggest: (...args) => counted(index.suggest(...args)),
  };
};

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
    const { meter } = this;
    const nodes = this.view.nodesInOrder(...args);
    return {
      length: nodes.length,
      // Names are what is read from these, to compare them.
      at: (index: number) => {
        meter.lookUps(lookUpsOfName);
        return nodes.at(index);
      },
    };
  }

  remember<T>(...args: Parameters<typeof this.view.remember<T>>): T {
    return this.view.remember(...args);
  }

  page(...args: Parameters<QueryableView["page"]>) {
    return this.view.page(...args);
  }

  count(...args: Parameters<QueryableView["count"]>) {
    return this.view.count(...args);
  }

  list(query: ListQuery) {
    if (query.where) countWhere(this.meter, query.where, this.view.nodesInOrder(query.kind, byId).length);
    return this.view.list(query);
  }

  total(...args: Parameters<QueryableView["total"]>) {
    return this.view.total(...args);
  }

  facets(...args: Parameters<QueryableView["facets"]>) {
    return this.view.facets(...args);
  }
}

const meteredLog = (log: CommitLog, meter: Meter): CommitLog => ({
  entries: async (query) => {
    meter.objects(base.storeRead);
    const heads = await log.entries(query);
    meter.objects(heads.length);
    return heads;
  },
  entry: (revision) => {
    meter.objects(1 + base.storeRead);
    return log.entry(revision);
  },
  history: async (id, page) => {
    // Which commits these are is read first.
    meter.objects(2 * base.storeRead);
    const found = await log.history(id, page);
    meter.objects(found.commits.length);
    return found;
  },
  fieldChanges: (revision, stretch) => {
    meter.objects(base.storeRead);
    return log.fieldChanges(revision, stretch, (characters) => meter.logBytes(characters));
  },
  touched: (revision, stretch) => {
    meter.objects(base.storeRead);
    return log.touched(revision, stretch, (characters) => meter.logBytes(characters));
  },
  whole: (revision) => {
    meter.objects(base.storeRead);
    return log.whole(revision, (characters) => meter.logBytes(characters));
  },
});
