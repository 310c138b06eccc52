import { isMap, isScalar, isSeq } from "yaml";
import type { NodeId } from "../domain/ids";
import type { ParsedFile } from "./parse-file";
import type { ContentPath, Places } from "./places";
import { entriesIn, offsetOf, type YamlValue } from "./yaml-map";

/** Takes note of where the things of one file stand. */
export interface PlaceNotes {
  /** Of a node, a key or a link. */
  thing(id: NodeId, path: ContentPath, at: number): void;
  /** Of a value and what lies in it, with the line in which a text itself starts. */
  value(id: NodeId, path: ContentPath, value: YamlValue | null, at: number): void;
  /** Of a text that stands as a section. */
  section(id: NodeId, path: ContentPath, section: ParsedFile["sections"][number]): void;
}

/** For a reading that is not about places. */
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
