import type { Finding, FindingCode } from "../../errors";
import type { Properties } from "../../graph/node";
import { type EdgeKind, edgeKinds } from "../../ontology/edge-kinds";
import type { Change } from "../change-set";
import { checkValues } from "../check-change";
import type { StateReader } from "../state-reader";

/** A place in an author's input: field names and list indexes from the top, such as `["followUps", 0, "node"]`. */
export type InputPath = readonly (string | number)[];

/** The path to a field of a finding: `regimes.0.slug` becomes `["regimes", 0, "slug"]`. */
export const pathOf = (field: string): InputPath =>
  field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

export interface PlacedFinding extends Finding {
  readonly path: InputPath;
}

interface Place {
  readonly path: InputPath;
  readonly fields: InputPath;
}

/**
 * The result of composing an author's input: changes, the place of each (at the same index), and faults of the input.
 */
export interface Composed {
  readonly changes: readonly Change[];
  readonly places: readonly Place[];
  readonly findings: readonly PlacedFinding[];
}

/** An author's input as a function: it composes the changes for the graph that `state` shows. */
export type Edit = (state: StateReader) => Promise<Composed>;

/** Collects the changes and faults of an input. Removals go last, so that what is put can take over what they leave. */
export class Composition {
  readonly findings: PlacedFinding[] = [];
  private readonly puts: [Change, Place][] = [];
  private readonly unlinked: [Change, Place][] = [];
  private readonly removed: [Change, Place][] = [];

  add(change: Change, path: InputPath, fields: InputPath = path): void {
    const to = change.op === "removeNode" ? this.removed : change.op === "removeEdge" ? this.unlinked : this.puts;
    to.push([change, { path, fields }]);
  }

  report(code: FindingCode, path: InputPath, message: string, didYouMean?: readonly string[]): void {
    this.findings.push({ code, subject: "", message, path, ...(didYouMean?.length && { didYouMean }) });
  }

  /**
   * Reports properties that no link of the kind could carry. For links whose node is not known, so that no change is
   * made.
   */
  checkCarried(edge: EdgeKind, properties: Properties, name: string, path: InputPath): void {
    checkValues(
      edgeKinds[edge].properties,
      properties,
      () => name,
      (code, message, { field, didYouMean } = {}) =>
        this.report(code, field ? [...path, ...pathOf(field)] : path, message, didYouMean),
    );
  }

  done(): Composed {
    const all = [...this.puts, ...this.unlinked, ...this.removed];
    return { changes: all.map(([change]) => change), places: all.map(([, place]) => place), findings: this.findings };
  }
}
