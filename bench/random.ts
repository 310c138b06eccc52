/** A small seeded generator of numbers in [0, 1): mulberry32, public domain, by Tommy Ettinger. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws from 0 … n-1 with probability proportional to 1 / (rank + 1): a few hubs, a long tail. */
export function zipf(n: number, random: () => number): () => number {
  const cumulative = new Float64Array(n);
  let sum = 0;
  for (let rank = 0; rank < n; rank++) cumulative[rank] = sum += 1 / (rank + 1);
  return () => {
    const target = random() * sum;
    let low = 0;
    for (let high = n - 1; low < high;) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] as number) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

const syllables =
  "ca che mem lat tail load disk scan hash tree heap lock wait page flow rate cost node edge path vec quant".split(" ");

/** `count` made-up words: text of a realistic size, about nothing. */
export function words(count: number, random: () => number): string {
  const pick = () => syllables[Math.floor(random() * syllables.length)] as string;
  return Array.from({ length: count }, () => (random() < 0.4 ? pick() : pick() + pick())).join(" ");
}
