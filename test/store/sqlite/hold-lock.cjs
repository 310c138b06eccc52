// `node hold-lock.cjs FILE` takes the write lock of the file, says "locked", and gives it back when its input ends.
const { DatabaseSync } = require("@photostructure/sqlite");

const database = new DatabaseSync(process.argv[2]);
database.exec("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
process.stdin.resume().once("end", () => {
  database.exec("ROLLBACK");
  database.close();
});
