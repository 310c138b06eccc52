import type { Change } from "../changes/change-set";
import { renamesOf } from "../changes/former-slugs";
import { planChanges } from "../changes/plan-commit";
import type { StateReader } from "../changes/state-reader";
import type { Finding, FindingCode } from "../errors";
import { firstSlugOf, isOwned, kindOf, type NodeId, ownerIdOf } from "../ids";
import { didYouMean } from "../near-names";
import type { EdgeKindSpec } from "../ontology/edge-kind";
import { edgeKinds } from "../ontology/edge-kinds";
import { nodeKindNames } from "../ontology/node-kinds";
import { isEdgeRelation, relationsOf } from "../ontology/relations";
import type { Bank, BankView } from "./bank-view";
import { linkPlace, type RuleFinding, type RuleInfo } from "./finding";

const descriptions: Readonly<Record<FindingCode, string>> = {
  TARGET_NOT_FOUND: "Links lead to nodes of the bank.",
  WRONG_ENDS: "Links join the kinds that their edge kind joins, within one owner where it says so.",
  CYCLE: "Prerequisites and topics never lead back to their start.",
  SLUG_TAKEN: "A slug belongs to one node of its kind, for ever.",
  INVALID_SLUG: "Slugs are kebab-case.",
  TOO_MANY: "A relation holds at most as many links as the ontology allows.",
  REQUIRED_FIELD: "Required fields are there.",
  REQUIRED_LINK: "Required links are there.",
  INVALID_FIELD: "Values are within the limits of their fields.",
  UNKNOWN_FIELD: "Fields are those of the ontology.",
  INVALID_REFERENCE: "References name criteria, regimes and the like of their own owner.",
  DUPLICATE: "An option is assessed once on a quality in a regime.",
  NODE_IN_USE: "A node goes only when nothing links to it.",
  STALE_REVISION: "A change is made to what its author saw.",
  TOO_LARGE: "A commit changes a limited number of items.",
};

const ruleCode = (code: FindingCode): string => code.toLowerCase().replaceAll("_", "-");

/** What a store refuses, as rules. */
export const refusalRules: readonly RuleInfo[] = Object.entries(descriptions).map(([code, description]) => ({
  code: ruleCode(code as FindingCode),
  severity: "error",
  structural: true,
  description,
}));

/** Everything for which a store would refuse the bank, were it committed at once; the size of that commit aside. */
export async function refusals(bank: BankView): Promise<RuleFinding[]> {
  const isReadable = (id: NodeId) => !bank.unread?.has(ownerIdOf(id));
  const edges = bank.edges.filter(({ from, to }) => isReadable(from) && isReadable(to));
  const changes = creationOf({ nodes: bank.nodes, edges });
  const { findings } = await planChanges({ title: "The whole bank", changes }, emptyStore(bank), {
    skipDanglingMentions: true,
    readLinks: (markdown) => bank.prose(markdown).links,
  });
  return findings.filter(({ code }) => code !== "TOO_LARGE").map((finding) => placed(finding, bank));
}

/** Changes that create the bank in an empty store: owners first, then what they own, then the links. */
export function creationOf({ nodes, edges }: Bank): Change[] {
  const ordered = [...nodes.values()].sort((a, b) => Number(isOwned(a.kind)) - Number(isOwned(b.kind)));
  const creations = ordered.map(({ id, fields, texts }): Change => ({
    op: "putNode",
    id,
    fields: { ...fields, ...texts },
  }));
  const renames = ordered.flatMap((node) =>
    renamesOf(node).map((slug): Change => ({ op: "rename", id: node.id, slug })),
  );
  return [...creations, ...renames, ...edges.map((edge): Change => ({ op: "putEdge", ...edge }))];
}

const emptyStore = (bank: BankView): StateReader => ({
  nodes: async () => new Map(),
  existing: async () => new Set(),
  edges: async () => new Map(),
  adjacent: async () => new Map(),
  slugOwners: async () => new Map(),
  slugs: async (kind, limit) => bank.slugs(kind).slice(0, limit),
});

/** What a store said of a change set about the bank, as a finding of the rule. */
export function placed(finding: Finding, bank: BankView): RuleFinding {
  const near = didYouMean(finding.didYouMean ?? []);
  const hint = near.trim() || hintFor(finding, bank);
  return {
    rule: ruleCode(finding.code),
    severity: "error",
    structural: true,
    ...placeOf(finding),
    message: near && finding.message.endsWith(near) ? finding.message.slice(0, -near.length) : finding.message,
    ...(hint ? { hint } : {}),
  };
}

function placeOf({ code, subject, field }: Finding): Pick<RuleFinding, "node" | "path"> {
  const inside = field?.split(".") ?? [];
  const [edge, from, to] = subject.split(" ");
  if (from === undefined)
    return { node: subject as NodeId, path: code === "CYCLE" ? acyclicRelation(subject as NodeId) : inside };
  const { node, path } = linkPlace({ edge: edge as keyof typeof edgeKinds, from: from as NodeId, to: to as NodeId });
  return { node, path: [...path, ...inside] };
}

/** The key under which a node's file holds links that must not lead in a circle. */
function acyclicRelation(id: NodeId): string[] {
  return relationsOf(kindOf(id)).flatMap((relation) => {
    if (!isEdgeRelation(relation)) return [];
    const spec: EdgeKindSpec = edgeKinds[relation.edge];
    return spec.acyclic && relation.direction === (spec.file === "to" ? "in" : "out") ? [relation.field] : [];
  });
}

function hintFor({ code, subject }: Finding, bank: BankView): string | undefined {
  if (code === "CYCLE") return "Drop the link whose reason is weakest.";
  if (code !== "TARGET_NOT_FOUND") return undefined;
  const missing = subject
    .split(" ")
    .slice(1)
    .find((end) => !bank.nodes.has(end as NodeId)) as NodeId | undefined;
  if (missing === undefined) return undefined;
  const [kind, slug] = [kindOf(missing), firstSlugOf(missing)];
  const other = nodeKindNames.find((each) => bank.bySlug(each, slug));
  if (other) return `${slug} is a ${other}, not a ${kind}.`;
  return isOwned(kind) ? undefined : `Add a file for it, or link to another ${kind}.`;
}
