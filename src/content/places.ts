import { type NodeId, ownerIdOf } from "../domain/ids";
import type { Spot } from "./file-finding";

export interface FilePlace extends Spot {
  readonly file: string;
  /** For texts: the line in which the text itself starts, where its lines stand in the file as they are. */
  readonly textLine?: number;
}

export type ContentPath = readonly (string | number)[];

/** Where in the files each node, field, link and property stands. A file's places are read when one is first asked for. */
export class Places {
  private readonly places = new Map<string, FilePlace>();
  private readonly unread = new Map<NodeId, () => void>();

  /** `read` will add the places of the file that holds the node and what it owns. */
  later(node: NodeId, read: () => void): void {
    this.unread.set(node, read);
  }

  add(node: NodeId, path: ContentPath, place: FilePlace): void {
    this.places.set(JSON.stringify([node, ...path]), place);
  }

  /** The place of the path or of the nearest thing around it; of the line within it, for texts. Null for unknown nodes. */
  find(node: NodeId, path: ContentPath, line?: number): FilePlace | null {
    const owner = ownerIdOf(node);
    const read = this.unread.get(owner);
    if (this.unread.delete(owner)) read?.();
    for (let length = path.length; length >= 0; length--) {
      const place = this.places.get(JSON.stringify([node, ...path.slice(0, length)]));
      if (!place) continue;
      if (line === undefined || line === 1 || place.textLine === undefined) return place;
      return { ...place, line: place.textLine + line - 1, column: 1 };
    }
    return null;
  }
}
