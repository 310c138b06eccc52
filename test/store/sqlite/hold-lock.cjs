// `node hold-lock.cjs FILE MILLISECONDS` takes the write lock of the file, says "locked", and gives it back after a while.
const { setTimeout } = require("node:timers");
const { DatabaseSync } = require("@photostructure/sqlite");

const [file, milliseconds] = process.argv.slice(2);
const database = new DatabaseSync(file);
database.exec("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
setTimeout(() => {
  database.exec("ROLLBACK");
  database.close();
}, Number(milliseconds));
