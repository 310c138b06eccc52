import type { Change } from "../../domain/changes/change-set";
import type { NodeId } from "../../domain/ids";

/** Estimates the length of a value as JSON, in characters. */
function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 3;
  if (value === null || typeof value !== "object") return 6;
  let size = 2;
  for (const key in value) size += key.length + 4 + sizeOf((value as Readonly<Record<string, unknown>>)[key]);
  return size;
}

/**
 * The limits of one commit of an import: changed items, and estimated bytes. A single group of changes that belong
 * together may exceed them.
 */
export interface BatchLimits {
  readonly items: number;
  readonly bytes: number;
}
export const batchLimits: BatchLimits = { items: 4_800, bytes: 10_000_000 };

/** Packs groups of changes into commits, in their order. */
export class Packer {
  readonly commits: Change[][] = [];
  private readonly places = new Map<NodeId, number>();
  private items = 0;
  private bytes = 0;

  constructor(
    private readonly limits: BatchLimits,
    private readonly weightOf: (change: Change) => number,
  ) {}

  add(group: readonly Change[]): void {
    const items = group.reduce((sum, change) => sum + this.weightOf(change), 0);
    const bytes = sizeOf(group);
    const last = this.commits.at(-1);
    const fits = last && this.items + items <= this.limits.items && this.bytes + bytes <= this.limits.bytes;
    if (fits) last.push(...group);
    else this.commits.push([...group]);
    this.items = fits ? this.items + items : items;
    this.bytes = fits ? this.bytes + bytes : bytes;
    for (const change of group) if (change.op === "putNode") this.places.set(change.id, this.commits.length - 1);
  }

  /** Returns the last commit that puts a node, counted from 0; -1 if none does. */
  commitOf(id: NodeId): number {
    return this.places.get(id) ?? -1;
  }
}
