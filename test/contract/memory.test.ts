import { runContract } from "./run-contract";
import { withMemoryStore } from "./with-store";

describe("the memory store", () => runContract({ withStore: withMemoryStore }));
