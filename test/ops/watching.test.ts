import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Scrape } from "../telemetry/scrape";
import { metricsOfBusyServer } from "./busy-server";
import { isMeant, parsePromql } from "./promql";

const root = path.resolve(__dirname, "..", "..");
const text = (name: string): string => readFileSync(path.join(root, name), "utf8");

const duration = z.string().regex(/^(\d+(ms|[smhdwy]))+$/);
const texts = z.record(z.string().regex(/^[a-zA-Z_]\w*$/), z.string().min(1));
/** https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/; Prometheus refuses what it does not know. */
const rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string().min(1),
      interval: duration.optional(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[a-zA-Z_]\w*$/),
          expr: z.string().min(1),
          for: duration.optional(),
          keep_firing_for: duration.optional(),
          labels: z.strictObject({ severity: z.enum(["page", "ticket"]) }),
          annotations: texts,
        }),
      ),
    }),
  ),
});
const alerts = rules.parse(parse(text("ops/prometheus/alerts.yml"))).groups.flatMap((group) => group.rules);

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly w: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}
const dashboard = JSON.parse(text("ops/grafana/dashboards/fulcrum.json")) as { readonly panels: readonly Panel[] };
const targets = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));

/** Labels that Prometheus gives every series that it reads; Grafana's variable $instance is about one of them. */
const ofPrometheus: ReadonlySet<string> = new Set(["job", "instance"]);

/** What the expression names and the server does not have: metrics, series with such labels, labels to group or show by. */
function unknownIn(expr: string, shown: readonly string[], scraped: Scrape): readonly string[] {
  const { selectors, grouping } = parsePromql(expr);
  const own = selectors.filter(({ metric }) => metric !== "up");
  const series = own.map(({ metric, matchers }) => ({
    metric,
    labels: scraped.labels(metric),
    matchers: matchers.filter(({ label }) => !ofPrometheus.has(label)),
  }));
  const labels = new Set(series.flatMap((each) => each.labels.flatMap(Object.keys)));
  return [
    ...series
      .filter((each) => !each.labels.some((one) => isMeant(one, each.matchers)))
      .map(({ metric, matchers }) => `${metric}${JSON.stringify(matchers)}`),
    ...[...grouping, ...shown].filter((label) => !ofPrometheus.has(label) && !labels.has(label)),
  ];
}

const shownBy = (template: string): readonly string[] =>
  [...template.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, label]) => label as string);

describe("what operators watch", () => {
  let scraped: Scrape;
  beforeAll(async () => {
    scraped = await metricsOfBusyServer();
  }, 60_000);

  it.each(alerts.map((alert) => [alert.alert, alert] as const))(
    "%s asks for metrics and labels that a server has",
    (_, { expr, annotations }) => {
      expect(unknownIn(expr, Object.values(annotations).flatMap(shownBy), scraped)).toEqual([]);
    },
  );

  it.each(targets.map((target) => [`${target.title}, ${target.refId}`, target] as const))(
    "the panel %s asks for metrics and labels that a server has",
    (_, { expr, legendFormat }) => {
      expect(unknownIn(expr, shownBy(legendFormat), scraped)).toEqual([]);
    },
  );

  it("notices what a server does not have", () => {
    expect(unknownIn("sum by (nothing) (rate(fulcrum_nothing[5m]))", ["none"], scraped)).toEqual([
      "fulcrum_nothing[]",
      "nothing",
      "none",
    ]);
    expect(unknownIn('fulcrum_errors_total{code="NONE"}', [], scraped)).toHaveLength(1);
    expect(() => parsePromql("sum(rate(fulcrum_nothing[5m])")).toThrow("No PromQL");
  });

  it("shows every metric of the server in the dashboard", () => {
    const shown = new Set(targets.flatMap(({ expr }) => parsePromql(expr).selectors.map(({ metric }) => metric)));
    const familyOf = (name: string): string => name.replace(/_(bucket|count|sum)$/, "");
    const families = new Set([...shown].map(familyOf));
    expect(scraped.names.filter((name) => !families.has(familyOf(name)))).toEqual([]);
  });

  it("gives each panel a place within the page and an id of its own", () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it("has an entry for each alert in the guide, which the alert points to, and no other", () => {
    const section = text("docs/operations.md").split("\n## Alarms\n")[1]?.split("\n## ")[0] ?? "";
    const entries = [...section.matchAll(/^### (\w+)\n+([^#\n].*)/gm)].map(([, name]) => name);
    expect(entries).toEqual(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts)
      expect(annotations["runbook"]).toBe(`docs/operations.md#${alert.toLowerCase()}`);
  });
});
