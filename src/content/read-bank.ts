import type { EdgeState, NodeState } from "../domain/changes/change-set";
import { edgeSubject } from "../domain/graph/node";
import type { NodeId } from "../domain/ids";
import type { Bank } from "../domain/rules/bank-view";
import type { BankFile } from "./bank-file";
import type { FileFinding } from "./file-finding";
import { collectNames } from "./names";
import { type ParsedFile, parseFile, reporterOf } from "./parse-file";
import { Places } from "./places";
import { NodeReader } from "./read-node";

/** What files hold, as far as it could be read. */
export interface ReadBank extends Bank {
  readonly places: Places;
  readonly findings: readonly FileFinding[];
  /** Nodes that could not be read whole, and so may lack fields or links. */
  readonly flawed: ReadonlySet<NodeId>;
  /** Nodes whose files could not be read at all; they are not in the bank, though others may link to them. */
  readonly unread: ReadonlySet<NodeId>;
}

/** Reads the files of a bank: the first pass of lint. `unread` stand for nodes but have no readable text. */
export function readBank(files: readonly BankFile[], unread: readonly Omit<BankFile, "text">[] = []): ReadBank {
  const findings: FileFinding[] = [];
  const parsed: ParsedFile[] = [];
  const missing: Omit<BankFile, "text">[] = [...unread];
  for (const file of files) {
    const result = parseFile(file, reporterOf(file, findings));
    if (result) parsed.push(result);
    else missing.push(file);
  }

  const names = collectNames(parsed, ({ file }) => reporterOf(file, findings));
  const unsound = parsed.map(({ file }) => file).filter((file) => !names.isSound(file, 0));
  const places = new Places();
  const nodes = new Map<NodeId, NodeState>();
  const edges = new Map<string, EdgeState>();
  const flawed = new Set<NodeId>();
  for (const each of parsed) {
    new NodeReader(each, names, places, reporterOf(each.file, findings), {
      node: (state) => nodes.set(state.id, state),
      edge: (state) => {
        const subject = edgeSubject(state);
        const isNew = !edges.has(subject);
        if (isNew) edges.set(subject, state);
        return isNew;
      },
      flawed: (id) => flawed.add(id),
    }).read();
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
