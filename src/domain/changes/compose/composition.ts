import type { Finding, FindingCode } from "../../errors";
import type { Properties } from "../../graph/node";
import { type EdgeKind, edgeKinds } from "../../ontology/edge-kinds";
import type { Change } from "../change-set";
import { checkValues } from "../check-change";
import type { StateReader } from "../state-reader";

/** A place in an author's input: names of fields and indexes of lists, from its top. */
export type InputPath = readonly (string | number)[];

/** The path to a field, whose parts findings join by points. */
export const pathOf = (field: string): InputPath =>
  field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** A fault, and the place in the input that it comes from. */
export interface PlacedFinding extends Finding {
  readonly path: InputPath;
}

/** Where a change comes from in the input, and where its fields stand. */
interface Place {
  readonly path: InputPath;
  readonly fields: InputPath;
}

/** What an author's input means: the changes, each with its place in the input, and what could not be understood. */
export interface Composed {
  readonly changes: readonly Change[];
  readonly places: readonly Place[];
  readonly findings: readonly PlacedFinding[];
}

/** An author's input, to be turned into changes of the graph that the reader shows. */
export type Edit = (state: StateReader) => Promise<Composed>;

/** Gathers what an input comes to. Removals go last, so that what is put may take over what they leave. */
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

  /** Reports what a link could not carry whichever node it led to: that is asked where its node is not known. */
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
