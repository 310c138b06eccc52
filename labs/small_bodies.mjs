// What compressing a response costs and saves by its size. CPU time of one thread, the least of several runs, seed fixed.
import { brotliCompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

let seed = 1;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const words = "open paid late draft void north south east west blue green small large urgent normal".split(" ");
const item = () => ({
  id: random(1e9),
  customer: `c${random(1e6)}`,
  status: words[random(words.length)],
  region: words[random(words.length)],
  total: random(1e5) / 100,
  createdAt: `2026-0${1 + random(9)}-1${random(10)}T0${random(10)}:${10 + random(50)}:00Z`,
});
const json = (size) => {
  const items = [];
  while (JSON.stringify({ items }).length < size) items.push(item());
  return Buffer.from(JSON.stringify({ items }));
};
const noise = (size) => Buffer.from(Array.from({ length: size }, () => random(256)));
const brotli = (quality) => (body) =>
  brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
const forms = {
  "gzip-1": (b) => gzipSync(b, { level: 1 }),
  "gzip-6": (b) => gzipSync(b, { level: 6 }),
  "brotli-4": brotli(4),
  "brotli-11": brotli(11),
};

function cpu(run, times) {
  let best = Infinity;
  for (let repeat = 0; repeat < 7; repeat++) {
    const start = process.cpuUsage();
    for (let i = 0; i < times; i++) run();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / times);
  }
  return best; // microseconds
}
const bodies = [
  ["json", json(150)],
  ["json", json(1000)],
  ["json", json(10_000)],
  ["json", json(100_000)],
  ["json", json(1_000_000)],
  ["noise", noise(100_000)],
];
for (const [kind, body] of bodies) {
  for (const [name, compress] of Object.entries(forms)) {
    if (name === "brotli-11" && body.length > 200_000) continue;
    const packed = compress(body);
    const times = Math.max(1, Math.min(2000, Math.round((name === "brotli-11" ? 2e4 : 3e6) / body.length)));
    const unpack = name.startsWith("gzip") ? `, unpack ${cpu(() => gunzipSync(packed), times).toFixed(1)} us` : "";
    console.log(
      kind,
      body.length,
      name,
      packed.length,
      `${((100 * packed.length) / body.length).toFixed(1)} %`,
      `${cpu(() => compress(body), times).toFixed(1)} us${unpack}`,
    );
  }
}
