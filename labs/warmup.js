// Time of each call of one function in a new process, until it no longer falls. Medians over 15 processes.
const { execFileSync } = require("node:child_process");
const calls = 3000;
function text(n) {
  const rows = [];
  for (let i = 0; i < n; i++) rows.push(`${i},name${i % 97},${(i * 7919) % 1000}`);
  return rows.join("\n");
}
function total(csv) {
  const sums = new Map();
  for (const line of csv.split("\n")) {
    const [, name, value] = line.split(",");
    sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  return sums;
}
if (process.argv[2] === "one") {
  const csv = text(200),
    times = [];
  for (let i = 0; i < calls; i++) {
    const t = process.hrtime.bigint();
    total(csv);
    times.push(Number(process.hrtime.bigint() - t) / 1000);
  }
  console.log(JSON.stringify(times));
} else {
  const runs = Array.from({ length: 15 }, () => JSON.parse(execFileSync(process.execPath, [process.argv[1], "one"])));
  const median = (v) => [...v].sort((a, b) => a - b)[v.length >> 1];
  for (const [from, to] of [
    [0, 1],
    [1, 2],
    [9, 10],
    [10, 100],
    [100, 300],
    [300, 1000],
    [1000, 2000],
    [2000, 3000],
  ])
    console.log(`calls ${from + 1} to ${to}: ${median(runs.map((r) => median(r.slice(from, to)))).toFixed(1)} us`);
  const steady = runs.map((r) => median(r.slice(2000)));
  console.log(
    `steady medians of the processes: least ${Math.min(...steady).toFixed(1)}, largest ${Math.max(...steady).toFixed(1)} us`,
  );
}
