import { openNeo4jStore } from "../../src/store/neo4j/neo4j-store";
import { patientTimeouts } from "../neo4j/timeouts";
import { editOf } from "./edits";

/** Makes one edit of a writer after another in a Neo4j, for ever, and prints the number of each that was acknowledged. */
async function main([writer, uri, user = "", password = ""]: readonly string[]): Promise<void> {
  const store = openNeo4jStore({ uri: uri!, user, password, timeouts: patientTimeouts });
  for (let n = 1; ; n++) {
    const { draft, save, commit, apiKey } = editOf(writer!, n);
    await store.drafts.save(draft, save);
    await store.commit(...commit);
    await store.keys.add(apiKey);
    process.stdout.write(`${n}\n`);
  }
}

void main(process.argv.slice(2));
