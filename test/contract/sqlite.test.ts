import { runContract } from "./run-contract";
import { withSqliteStore } from "./with-store";

describe("the SQLite store", () => runContract({ withStore: withSqliteStore }));
