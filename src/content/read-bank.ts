import type { EdgeState, NodeState } from "../domain/changes/change-set";
import { edgeSubject } from "../domain/graph/node";
import type { NodeId } from "../domain/ids";
import type { Bank } from "../domain/rules/bank-view";
import type { BankFile } from "./bank-file";
import type { FileFinding } from "./file-finding";
import { FilePlaces, noPlaces, Places } from "./places";
import { collectNames, type Names } from "./names";
import { type ParsedFile, parseFile, reporterOf } from "./parse-file";
import { NodeReader, type Sink } from "./read-node";

/** The content of files, as far as it could be read. */
export interface ReadBank extends Bank {
  readonly places: Places;
  readonly findings: readonly FileFinding[];
  /** Nodes that could not be read whole, and so may lack fields or links. */
  readonly flawed: ReadonlySet<NodeId>;
  /** Nodes whose files could not be read at all. They are not in the bank, though others may link to them. */
  readonly unread: ReadonlySet<NodeId>;
}

/**
 * Reads the files of a bank: the first pass of lint. `unread` lists files that stand for a node but have no readable
 * text.
 */
export function readBank(files: readonly BankFile[], unread: readonly Omit<BankFile, "text">[] = []): ReadBank {
  const findings: FileFinding[] = [];
  const parsed: ParsedFile[] = [];
  const missing: Omit<BankFile, "text">[] = [...unread];
  for (const file of files) {
    const result = parseFile(file, reporterOf(file, findings));
    if (result) parsed.push(result);
    else missing.push(file);
  }

  const names = collectNames(parsed, (file) => reporterOf(file, findings));
  const unsound = parsed.map(({ file }) => file).filter((file) => !names.isSound(file, 0));
  const places = new Places();
  const nodes = new Map<NodeId, NodeState>();
  const edges = new Map<string, EdgeState>();
  const flawed = new Set<NodeId>();
  const sink: Sink = {
    node: (state) => nodes.set(state.id, state),
    edge: (state) => {
      const subject = edgeSubject(state);
      const isNew = !edges.has(subject);
      if (isNew) edges.set(subject, state);
      return isNew;
    },
    flawed: (id) => flawed.add(id),
  };
  for (const each of parsed) {
    const { file } = each;
    new NodeReader(each, names, noPlaces, reporterOf(file, findings), sink).read();
    // The name of an unsound node belongs to the node of another file.
    if (names.isSound(file, 0)) places.later(names.idOf(file.kind, file.slug), () => readPlaces(file, names, places));
  }
  return {
    nodes,
    edges: [...edges.values()],
    places,
    findings,
    flawed,
    unread: new Set([...missing, ...unsound].map(({ kind, slug }) => names.idOf(kind, slug))),
  };
}

const silent = (): void => undefined;
const nowhere: Sink = { node: silent, edge: () => true, flawed: silent };

/**
 * Reads a file again, for the places in it. Few files have findings, and the places of all files would fill the memory.
 */
function readPlaces(file: BankFile, names: Names, places: Places): void {
  const parsed = parseFile(file, silent);
  if (parsed) new NodeReader(parsed, names, new FilePlaces(parsed, places), silent, nowhere).read();
}
