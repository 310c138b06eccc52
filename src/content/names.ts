import { isMap, isScalar, isSeq } from "yaml";
import { isSlugOf, kindOf, nodeId, type NodeId, type Slug } from "../domain/ids";
import { type NodeKind, nodeKinds } from "../domain/ontology/node-kinds";
import type { BankFile } from "./bank-file";
import { entriesOf, fileKinds } from "./layout";
import type { Spot } from "./file-finding";
import type { ParsedFile, ReportAt } from "./parse-file";
import { entriesIn, type MapEntry, type YamlValue } from "./yaml-map";

/** The nodes that current and former slugs stand for. */
export interface Names {
  /** Returns the id of a well-formed slug, whether or not the files hold the node. */
  idOf(kind: NodeKind, slug: Slug): NodeId;
  /** Returns false if the node at this offset uses a slug of another node, and so cannot be read. */
  isSound(file: Pick<BankFile, "path">, at: number): boolean;
}

/** True if a slug is well-formed and without an owner: `full`, but not `bloom-filter/full`. */
export const isOwnSlug = (slug: string): boolean => isSlugOf(fileKinds[0] as NodeKind, slug);

/** Returns the former slugs in a node's map. Faulty ones are left out here, and reported when the node is read. */
export function formerSlugsIn(entries: readonly MapEntry[]): string[] {
  const value = entries.find((entry) => entry.key === "formerSlugs")?.value ?? null;
  if (!isSeq(value)) return [];
  return value.items.flatMap((item) =>
    isScalar(item) && typeof item.value === "string" && isOwnSlug(item.value) ? [item.value] : [],
  );
}

/** Returns the own slugs, former and current, of all nodes nested in a map at any depth, with their kinds. */
function nestedIn(kind: NodeKind, entries: readonly MapEntry[]): { kind: NodeKind; at: number; slugs: string[] }[] {
  return entriesOf(kind).flatMap((entry) => {
    if (entry.is !== "nested") return [];
    const value = entries.find(({ key }) => key === entry.key)?.value ?? null;
    if (!isMap(value)) return [];
    return entriesIn(value, () => undefined).flatMap((owned) => {
      const inner = mapEntries(owned.value);
      if (!isOwnSlug(owned.key)) return [];
      const slugs = [...formerSlugsIn(inner), owned.key];
      return [{ kind: entry.kind, at: owned.at, slugs }, ...nestedIn(entry.kind, inner)];
    });
  });
}

const mapEntries = (value: YamlValue | null): MapEntry[] => (isMap(value) ? entriesIn(value, () => undefined) : []);

/** A node's claim to its slugs, without the file's syntax tree, which is large and soon unneeded. */
interface Claim {
  readonly id: NodeId;
  readonly file: BankFile;
  spot(offset: number): Spot;
  /** The offset of the node's key; 0 for the file's own node. */
  readonly at: number;
  /** All slugs of the node, the current one last. */
  readonly slugs: readonly Slug[];
}

function ownClaim({ file, root, spot }: ParsedFile): Claim {
  const slugs = [...formerSlugsIn(mapEntries(root)), file.slug];
  return { id: nodeId(file.kind, slugs[0] as string), file, spot, at: 0, slugs };
}

const nestedClaims = ({ root }: ParsedFile, { file, spot, slugs }: Claim): Claim[] =>
  nestedIn(file.kind, mapEntries(root)).map((owned) => ({
    id: nodeId(owned.kind, `${slugs[0]}/${owned.slugs[0]}`),
    file,
    spot,
    at: owned.at,
    slugs: slugs.flatMap((owner) => owned.slugs.map((own) => `${owner}/${own}`)),
  }));

/**
 * A node's id with its former slugs and, last, its current one. An owned node's slugs have an owner's slug in front.
 */
export type NodeSlugs = Pick<Claim, "id" | "slugs">;

export const ownName: (parsed: ParsedFile) => NodeSlugs = ownClaim;

/** Returns the name of the file's node, then those of the nodes nested in it. */
export function namesIn(parsed: ParsedFile): readonly [NodeSlugs, ...NodeSlugs[]] {
  const own = ownClaim(parsed);
  return [own, ...nestedClaims(parsed, own)];
}

/** Collects the names of all files. A slug that two nodes claim is reported at the second one. */
export function collectNames(files: readonly ParsedFile[], reporterFor: (file: BankFile) => ReportAt): Names {
  const owners = new Map<string, Claim>();
  const unsound = new Set<string>();
  const isSound: Names["isSound"] = (file, at) => !unsound.has(`${file.path} ${at}`);

  function settle(claims: readonly Claim[]): void {
    // Current slugs go first, so that no former slug takes the name of a file or key.
    const current = claims.map((claim): [Claim, Slug] => [claim, claim.slugs.at(-1) as Slug]);
    const former = claims.flatMap((claim) => claim.slugs.slice(0, -1).map((slug): [Claim, Slug] => [claim, slug]));
    for (const [claim, slug] of [...current, ...former]) {
      const key = `${kindOf(claim.id)}:${slug}`;
      const owner = owners.get(key) ?? claim;
      owners.set(key, owner);
      if (owner === claim || !isSound(claim.file, claim.at)) continue;
      unsound.add(`${claim.file.path} ${claim.at}`);
      const where = `${owner.file.path}:${owner.spot(owner.at).line}`;
      const message = `The slug ${JSON.stringify(slug)} belongs, now or as a former slug, to what stands in ${where}.`;
      reporterFor(claim.file)("slug-taken", claim.spot(claim.at), message);
    }
  }

  const own = files.map(ownClaim);
  settle(own);
  settle(files.flatMap((parsed, index) => (isSound(parsed.file, 0) ? nestedClaims(parsed, own[index] as Claim) : [])));

  return {
    idOf(kind, slug) {
      const owner = owners.get(`${kind}:${slug}`);
      // A node that cannot be read goes by its current slug, so that it is not taken for the node whose slug it claims.
      return owner && isSound(owner.file, owner.at) ? owner.id : nodeId(kind, slug);
    },
    isSound,
  };
}

/** True if nodes of the kind are written in files of `owner`, where their own slug is enough. */
export const isOwnedBy = (kind: NodeKind, owner: NodeKind): boolean => {
  const spec = nodeKinds[kind];
  return "ownedBy" in spec && spec.ownedBy === owner;
};
