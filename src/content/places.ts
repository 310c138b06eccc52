import { isScalar, isSeq, isMap } from "yaml";
import { type NodeId, ownerIdOf } from "../domain/ids";
import type { Spot } from "./file-finding";
import { type YamlValue, offsetOf, entriesIn } from "./yaml-map";
import type { ParsedFile } from "./parse-file";

interface FilePlace extends Spot {
  readonly file: string;
  /** The line where a value's text itself starts; undefined for nodes, keys and links. */
  readonly textLine?: number;
}

type ContentPath = readonly (string | number)[];

/**
 * The places of nodes, fields, links and properties in their files. A file's places are read when the first one is
 * asked for.
 */
export class Places {
  private readonly places = new Map<string, FilePlace>();
  private readonly unread = new Map<NodeId, () => void>();

  /** Registers a function that adds the places of the file with this node and all that it owns. */
  later(node: NodeId, read: () => void): void {
    this.unread.set(node, read);
  }

  add(node: NodeId, path: ContentPath, place: FilePlace): void {
    this.places.set(JSON.stringify([node, ...path]), place);
  }

  /**
   * Returns the place of the path, or of the nearest thing around it. For texts, `line` selects a line within the text.
   * Returns null for unknown nodes.
   */
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

export interface PlaceNotes {
  /** Records the place of a node, a key or a link. */
  thing(id: NodeId, path: ContentPath, at: number): void;
  /** Records the places of a value and everything inside it, with the line where a text itself starts. */
  value(id: NodeId, path: ContentPath, value: YamlValue | null, at: number): void;
  section(id: NodeId, path: ContentPath, section: ParsedFile["sections"][number]): void;
}

/** Records nothing, for readers that need no places. */
export const noPlaces: PlaceNotes = { thing: () => undefined, value: () => undefined, section: () => undefined };

export class FilePlaces implements PlaceNotes {
  constructor(
    private readonly parsed: ParsedFile,
    private readonly places: Places,
  ) {}

  thing(id: NodeId, path: ContentPath, at: number): void {
    this.places.add(id, path, { file: this.parsed.file.path, ...this.parsed.spot(at) });
  }

  value(id: NodeId, path: ContentPath, value: YamlValue | null, at: number): void {
    const spot = this.parsed.spot(offsetOf(value, at));
    const header = isScalar(value) && value.type === "BLOCK_LITERAL" ? 1 : 0;
    this.places.add(id, path, { file: this.parsed.file.path, ...spot, textLine: spot.line + header });
    if (isSeq(value)) (value.items as YamlValue[]).forEach((item, i) => this.value(id, [...path, i], item, at));
    if (isMap(value))
      for (const inner of entriesIn(value, () => undefined))
        this.value(id, [...path, inner.key], inner.value, inner.at);
  }

  section(id: NodeId, path: ContentPath, section: ParsedFile["sections"][number]): void {
    this.places.add(id, path, { file: this.parsed.file.path, ...section.spot, textLine: section.line });
  }
}
