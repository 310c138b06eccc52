// Names in src: an exported name means one thing, bounds are called max and min, and files say the glossary's words.
const fs = require("node:fs");
const path = require("node:path");
const ts = require("typescript");

const root = path.resolve(__dirname, "..");
const source = path.join(root, "src");
const files = fs
  .readdirSync(source, { recursive: true })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.split(path.sep).join("/"))
  .sort();

/** What stands behind `| Say | …` in ARCHITECTURE.md's table of words: `avoid word -> word to say`. */
function avoidedWords() {
  const text = fs.readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
  const table = /\| Say \|[^\n]*\n\|[-| ]+\n((?:\|[^\n]*\n)+)/.exec(text);
  if (!table) throw new Error("ARCHITECTURE.md has no table that starts with | Say |.");
  const rows = table[1].trim().split("\n");
  return rows.flatMap((row) => {
    const [, say, , avoid] = row.split("|").map((cell) => cell.trim());
    return avoid.split(",").map((word) => [word.trim(), say]);
  });
}

const wordsOf = (name) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_.]/);

/** The names that a file exports, and those of its constants. */
function declarationsIn(file) {
  const text = fs.readFileSync(path.join(source, file), "utf8");
  const exported = [];
  const constants = [];
  for (const statement of ts.createSourceFile(file, text, ts.ScriptTarget.Latest).statements) {
    const names = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
      : statement.name
        ? [statement.name.text]
        : [];
    if (ts.isVariableStatement(statement)) constants.push(...names);
    if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) exported.push(...names);
  }
  return { exported: new Set(exported), constants };
}

/** `store/neo4j` for a file of that adapter; a name may mean the same thing once in each adapter. */
const adapterOf = (file) => /^store\/[^/]+(?=\/)/.exec(file)?.[0];

const faults = [];
const homes = new Map();
for (const file of files) {
  const { exported, constants } = declarationsIn(file);
  for (const name of exported) homes.set(name, [...(homes.get(name) ?? []), file]);
  for (const name of constants)
    if (/^(?:most|least|longest|shortest|fewest|largest|smallest|greatest|deepest)[A-Z]/.test(name))
      faults.push(`src/${file}: ${name} is a bound; call it max… or min….`);
  for (const [word, say] of avoidedWords())
    if (wordsOf(path.basename(file, ".ts")).includes(word))
      faults.push(
        `src/${file}: the glossary of ARCHITECTURE.md says ${JSON.stringify(say)} instead of ${JSON.stringify(word)}.`,
      );
}
for (const [name, where] of homes) {
  const adapters = where.map(adapterOf);
  if (where.length > 1 && (adapters.includes(undefined) || new Set(adapters).size < where.length))
    faults.push(`${name} is exported by ${where.map((file) => `src/${file}`).join(" and ")}; give each its own name.`);
}

for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(`${homes.size} exported names in ${files.length} files, ${faults.length} faults\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
