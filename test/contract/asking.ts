import { ChangeSetError, DomainError, type DomainErrorCode, type Finding } from "../../src/domain/errors";
import type { GraphNode, Link } from "../../src/domain/graph/node";
import { byId, defaultOrder, positionOfLink, positionOfNode } from "../../src/domain/graph/order";
import type { GraphReader, LinkPage, ListQuery, NeighboursQuery } from "../../src/domain/graph/port";
import { kindOf, type NodeId } from "../../src/domain/ids";
import { type RelationName, relations } from "../../src/domain/ontology/relations";
import { id } from "../builders/changes";

type Rest = Partial<Pick<NeighboursQuery, "where" | "order" | "first" | "after">>;

/** The page of one parent. */
export async function pageOf(reader: GraphReader, of: string, field: string, rest: Rest = {}): Promise<LinkPage> {
  const relation = relationOf(of, field);
  const pages = await reader.neighbours({ relation, of: [id(of)], first: 1_000, ...rest });
  const page = pages.get(id(of));
  if (!page) throw new Error(`${of} has no page of ${relation}.`);
  return page;
}

export const linksOf = async (
  reader: GraphReader,
  of: string,
  field: string,
  rest: Rest = {},
): Promise<readonly Link[]> => (await pageOf(reader, of, field, rest)).links;

export const neighboursOf = async (
  reader: GraphReader,
  of: string,
  field: string,
  rest: Rest = {},
): Promise<string[]> => idsOf((await linksOf(reader, of, field, rest)).map((link) => link.node));

export const listed = async (reader: GraphReader, query: ListQuery): Promise<string[]> =>
  idsOf((await reader.list(query)).nodes);

export const idsOf = (nodes: readonly GraphNode[]): string[] => nodes.map((node) => node.id);

/** Follows a parent's pages to the end; at most `limit` of them, so that a cursor that stands still is noticed. */
export async function* linkPages(
  reader: GraphReader,
  of: string,
  field: string,
  { first, order = defaultOrder(relations[relationOf(of, field)]), where }: Rest & { readonly first: number },
  limit = 1_000,
): AsyncIterable<LinkPage> {
  let after: NeighboursQuery["after"];
  for (let pages = 0; pages < limit; pages++) {
    const page = await pageOf(reader, of, field, { first, order, ...(where && { where }), ...(after && { after }) });
    yield page;
    if (!page.hasNext) return;
    after = positionOfLink(page.links.at(-1) as Link, order);
  }
  throw new Error(`The pages of ${of} ${field} do not end.`);
}

/** Follows a list's pages to its end, or back to its start, and gives the ids in the list's order. */
export async function allListed(
  reader: GraphReader,
  {
    size,
    towards,
    ...query
  }: Pick<ListQuery, "kind" | "where" | "order"> & { readonly size: number; readonly towards: "end" | "start" },
): Promise<string[]> {
  const { order = byId } = query;
  const found: string[] = [];
  let place: ListQuery["after"];
  for (let pages = 0; pages < 1_000; pages++) {
    const page = await reader.list({
      ...query,
      ...(towards === "end"
        ? { first: size, ...(place && { after: place }) }
        : { last: size, ...(place && { before: place }) }),
    });
    if (towards === "end") found.push(...idsOf(page.nodes));
    else found.unshift(...idsOf(page.nodes));
    expect(towards === "end" ? page.hasPrevious : page.hasNext).toBe(pages > 0);
    if (!(towards === "end" ? page.hasNext : page.hasPrevious)) return found;
    place = positionOfNode(page.nodes.at(towards === "end" ? -1 : 0) as GraphNode, order);
  }
  throw new Error(`The pages of ${query.kind} do not end.`);
}

export const relationOf = (of: string, field: string): RelationName =>
  `${kindOf(of as NodeId)}.${field}` as RelationName;

/** The code of the DomainError that the promise is rejected with. */
export async function refusalOf(promise: Promise<unknown>): Promise<DomainErrorCode> {
  const reason = await promise.then(
    () => new Error("It was not refused."),
    (error: unknown) => error,
  );
  if (reason instanceof DomainError) return reason.code;
  throw reason;
}

/** The findings for which the commit is refused, each as `CODE subject`. */
export async function findingsOf(promise: Promise<unknown>): Promise<string[]> {
  return (await fullFindingsOf(promise)).map((finding) => `${finding.code} ${finding.subject}`);
}

export async function fullFindingsOf(promise: Promise<unknown>): Promise<readonly Finding[]> {
  const reason = await promise.then(
    () => new Error("It was not refused."),
    (error: unknown) => error,
  );
  if (reason instanceof ChangeSetError) return reason.findings;
  throw reason;
}

/** The values, objects and lists in it that could still be changed. */
export function changeable(value: unknown, path = "it"): string[] {
  if (value === null || typeof value !== "object") return [];
  const inner = value instanceof Map ? [...value] : Object.entries(value);
  return [
    ...(Object.isFrozen(value) || value instanceof Map ? [] : [path]),
    ...inner.flatMap(([key, each]) => changeable(each, `${path}.${String(key)}`)),
  ];
}
