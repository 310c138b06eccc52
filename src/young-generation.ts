import v8 from "node:v8";

/** From this size of the heap on, in bytes, the young generation may be as large as Node was started with. */
const largeHeap = 300_000_000;

/**
 * Fits V8's young generation to the heap. Each of its collections looks at every page of the old generation, which takes a
 * microsecond or more a page: at 30,000 questions three milliseconds each time, half of all processor time with 8 MB. A
 * larger one is collected less often, but would take its memory from small banks as well.
 *
 * Node takes the largest size at its start alone (`--max-semi-space-size`, `--min-semi-space-size` for the first one);
 * whether it grows on from there is up to a flag that V8 reads each time. Does nothing where Node was started without these.
 */
export function fitYoungGeneration(): void {
  if (!process.execArgv.some((each) => each.startsWith("--min-semi-space-size"))) return;
  v8.setFlagsFromString(`--semi-space-growth-factor=${v8.getHeapStatistics().total_heap_size < largeHeap ? 1 : 2}`);
}
