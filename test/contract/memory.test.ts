import { createMemoryStore } from "../../src/store/memory/memory-store";
import { runContract } from "./run-contract";

runContract({ name: "memory", open: async () => createMemoryStore() });
