import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stringify } from "yaml";

const program = process.env["FULCRUM_TEST_PROMTOOL"] ?? "promtool";

/** Prometheus' own checker of rules, on the path or where FULCRUM_TEST_PROMTOOL says. */
export const hasPromtool = spawnSync(program, ["--version"]).status === 0;

/** A series from minute 0 on, in the words of promtool. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** How long what a server tells goes on. */
const minutes = 40;

/** What Prometheus would have read of a server that goes on doing for each minute what it did between two looks. */
export function seriesOf(instance: string, before: string, after: string): Series[] {
  const counting = new Set([...after.matchAll(/^# TYPE (\S+) (?:counter|histogram)$/gm)].map(([, name]) => name));
  const at = (text: string) =>
    new Map(
      [...text.matchAll(/^([a-z_]+)(?:\{(.*)\})? (\S+)$/gim)].map((match) => [`${match[1]}{${match[2] ?? ""}}`, match]),
    );
  const earlier = at(before);
  return [...at(after)].flatMap(([key, [, name, labels = "", value]]) => {
    if (!Number.isFinite(Number(value))) return [];
    const isCounting = counting.has(name) || counting.has(name!.replace(/_(bucket|count|sum)$/, ""));
    const from = isCounting ? Number(earlier.get(key)?.[3] ?? 0) : Number(value);
    const own = [labels.replace(/,$/, ""), 'job="fulcrum"', `instance="${instance}"`].filter(Boolean).join(",");
    return [{ series: `${name}{${own}}`, values: `${from}+${Number(value) - from}x${minutes}` }];
  });
}

export const constant = (series: string, value: number): Series => ({ series, values: `${value}+0x${minutes}` });

/** Whether promtool says that so many alerts of a name, or of any, fire at the end. Gives what it prints where not. */
export function firing(rules: string, series: readonly Series[], alert: string | null, count: number): string {
  const folder = mkdtempSync(path.join(tmpdir(), "fulcrum-promtool-"));
  try {
    const file = path.join(folder, "test.yml");
    const expr = `count(ALERTS{${alert === null ? "" : `alertname="${alert}",`}alertstate="firing"})`;
    writeFileSync(
      file,
      stringify({
        rule_files: [rules],
        evaluation_interval: "1m",
        tests: [
          {
            interval: "1m",
            input_series: series,
            promql_expr_test: [
              { expr, eval_time: "30m", exp_samples: count === 0 ? [] : [{ labels: "{}", value: count }] },
            ],
          },
        ],
      }),
    );
    const { status, stdout, stderr } = spawnSync(program, ["test", "rules", file], { encoding: "utf8" });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
