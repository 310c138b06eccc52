import DataLoader from "dataloader";

export type Row = Record<string, unknown> & { _id: string; edge?: Record<string, unknown> };

/** What the plain build's resolvers read, made anew for each request. */
export interface Context {
  related(type: string, direction: "out" | "in", order?: "order"): DataLoader<string, Row[]>;
  bySlug(kind: string, slug: string): Promise<Row[]>;
  byTitle(kind: string, skip: number, first: number): Promise<Row[]>;
}

/** A DataLoader a relation, made when it is first asked for. */
export function loaders(
  read: (ids: readonly string[], ...relation: Parameters<Context["related"]>) => Promise<(Row[] | undefined)[]>,
): Context["related"] {
  const made = new Map<string, DataLoader<string, Row[]>>();
  return (type, direction, order) => {
    const key = `${type} ${direction}`;
    const loader =
      made.get(key) ??
      new DataLoader<string, Row[]>(async (ids) => (await read(ids, type, direction, order)).map((rows) => rows ?? []));
    made.set(key, loader);
    return loader;
  };
}
