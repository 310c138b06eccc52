import type { ScanItem } from "../../domain/graph/port";
import { scannedItems } from "../../domain/graph/scanned-items";
import type { ModelIndex } from "./load-model";

/**
 * An index that is made when it is first asked for, from a scan, and kept up from then on. So a process serves before
 * it has read every text.
 */
export class LazyIndex<C extends ModelIndex> {
  private made: C | null = null;
  private making: Promise<C> | null = null;
  /** What was committed while it is being made; the scan may have seen some of that, and seeing it twice does no harm. */
  private missed: Parameters<ModelIndex["apply"]>[] = [];

  constructor(
    private readonly create: () => C,
    private readonly scan: () => AsyncIterable<readonly ScanItem[]>,
  ) {}

  /** At hand once it is made. Throws what the scan throws; the next call tries again. */
  get(): C | Promise<C> {
    return this.made ?? (this.making ??= this.make().finally(() => (this.making = null)));
  }

  apply(...commit: Parameters<ModelIndex["apply"]>): void {
    if (this.made) this.made.apply(...commit);
    else if (this.making) this.missed.push(commit);
  }

  private async make(): Promise<C> {
    this.missed = [];
    const index = this.create();
    for await (const item of scannedItems(this.scan())) {
      // Nodes come first, and edges tell it nothing.
      if (!("node" in item)) break;
      index.put(item.node, item.revision);
    }
    for (const commit of this.missed) index.apply(...commit);
    index.loaded?.();
    return (this.made = index);
  }
}
