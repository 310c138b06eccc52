import type { FileHandle } from "node:fs/promises";
import type { Change } from "../../domain/changes/change-set";
import { type BatchLimits, Packer } from "../import/packer";
import { openTemporaryFile, RecordSource } from "./record-source";

/** A change, and the most items that it can change. */
export interface WeighedChange {
  readonly change: Change;
  readonly weight: number;
}

const held = 1_000;

/**
 * Changes that must wait until everything else is in the store. They wait in a file, since there may be more than fit
 * in memory.
 */
export class LaterChanges {
  private waiting: WeighedChange[] = [];
  private file: FileHandle | null = null;
  count = 0;

  async add(changes: readonly WeighedChange[]): Promise<void> {
    this.waiting.push(...changes);
    this.count += changes.length;
    if (this.waiting.length < held) return;
    this.file ??= await openTemporaryFile();
    await this.file.write(this.waiting.map((each) => `${JSON.stringify(each)}\n`).join(""));
    this.waiting = [];
  }

  /** Returns all changes in the order in which they were added, packed into commits. */
  async *commits(limits: BatchLimits): AsyncIterable<readonly Change[]> {
    let batch: WeighedChange[] = [];
    for await (const each of this.all()) {
      batch.push(each);
      if (batch.length < limits.items) continue;
      yield* packed(batch, limits);
      batch = [];
    }
    yield* packed(batch, limits);
  }

  async close(): Promise<void> {
    await this.file?.close();
  }

  private async *all(): AsyncIterable<WeighedChange> {
    if (this.file) {
      const source = new RecordSource("later changes", this.file);
      for await (const place of source.lines())
        yield JSON.parse((place.bytes ?? (await source.read(place))).toString("utf8")) as WeighedChange;
    }
    yield* this.waiting;
  }
}

function packed(batch: readonly WeighedChange[], limits: BatchLimits): Change[][] {
  const weights = new Map(batch.map(({ change, weight }) => [change, weight]));
  const packer = new Packer(limits, (change) => weights.get(change) ?? 1);
  for (const { change } of batch) packer.add([change]);
  return packer.commits;
}
