import { isMap, isScalar, isSeq } from "yaml";
import { isSlugOf, kindOf, nodeId, type NodeId, type Slug } from "../domain/ids";
import { type NodeKind, nodeKinds } from "../domain/ontology/node-kinds";
import type { BankFile } from "./bank-file";
import { entriesOf, fileKinds } from "./layout";
import type { Spot } from "./file-finding";
import type { ParsedFile, ReportAt } from "./parse-file";
import { entriesIn, type MapEntry, type YamlValue } from "./yaml-map";

/** Which node of the files a slug, current or former, stands for. */
export interface Names {
  /** The id of a slug of the right form, whether or not the files hold the node. */
  idOf(kind: NodeKind, slug: Slug): NodeId;
  /** False where a slug of the node written at this place is another node's, so that it cannot be read. */
  isSound(file: Pick<BankFile, "path">, at: number): boolean;
}

/** Whether a slug has the form that it has without an owner's. */
export const isOwnSlug = (slug: string): boolean => isSlugOf(fileKinds[0] as NodeKind, slug);

/** The former slugs written in a node's map; faulty ones are left out here and reported when the node is read. */
export function formerSlugsIn(entries: readonly MapEntry[]): string[] {
  const value = entries.find((entry) => entry.key === "formerSlugs")?.value ?? null;
  if (!isSeq(value)) return [];
  return value.items.flatMap((item) =>
    isScalar(item) && typeof item.value === "string" && isOwnSlug(item.value) ? [item.value] : [],
  );
}

/** The own slugs that nodes nested directly or indirectly in a map have and had, with their kinds. */
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

/** Holds nothing of the file's syntax, which is large and not needed for long. */
interface Claim {
  readonly id: NodeId;
  readonly file: BankFile;
  spot(offset: number): Spot;
  /** The offset of the node's key; 0 for the file's own node. */
  readonly at: number;
  /** The current one last. */
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

/** A node's id and all slugs that it has and had, the current one last. */
export type NodeSlugs = Pick<Claim, "id" | "slugs">;

/** The node of a file. */
export const ownName: (parsed: ParsedFile) => NodeSlugs = ownClaim;

/** The node of a file and those nested in it. */
export function namesIn(parsed: ParsedFile): readonly [NodeSlugs, ...NodeSlugs[]] {
  const own = ownClaim(parsed);
  return [own, ...nestedClaims(parsed, own)];
}

/** Collects the names of all files; a slug claimed by two nodes is reported at the second. */
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
      // A node that cannot be read goes by its current slug, lest it be taken for the one whose slug it claims.
      return owner && isSound(owner.file, owner.at) ? owner.id : nodeId(kind, slug);
    },
    isSound,
  };
}

/** Whether nodes of the kind are written in files of `owner`, where their own slug is enough. */
export const isOwnedBy = (kind: NodeKind, owner: NodeKind): boolean => {
  const spec = nodeKinds[kind];
  return "ownedBy" in spec && spec.ownedBy === owner;
};
