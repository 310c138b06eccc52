import type { GraphView } from "../../../src/domain/graph/graph-view";
import type { Properties } from "../../../src/domain/graph/node";
import { aView, type GivenEdge } from "../../builders/a-view";

/** A cell: the rating, and the figures that it cites. */
export interface GivenCell {
  readonly option: string;
  readonly quality: string;
  readonly rating?: number;
  readonly regime?: string;
  readonly cites?: readonly string[];
}

/** A figure of one option's own concept, in ms of a metric where less is better. */
export interface GivenFigure {
  readonly of: string;
  readonly value: number;
  readonly unit?: string;
  readonly benchmark?: string;
  readonly params?: Properties;
}

export interface GivenTradeOff {
  readonly options: readonly string[];
  readonly qualities: readonly string[];
  readonly regimes?: readonly string[];
  readonly cells: readonly GivenCell[];
  readonly figures?: Readonly<Record<string, GivenFigure>>;
  readonly fields?: Readonly<Record<string, Properties>>;
  readonly edges?: readonly GivenEdge[];
}

/** The trade-off `t`. Figures are `Measurement:<benchmark>/<name>`, of benchmark `b` and metric `p99` unless they say otherwise. */
export function aTradeOffView(given: GivenTradeOff): GraphView {
  const { options, qualities, regimes, cells, figures = {} } = given;
  const idOfFigure = (name: string) => `Measurement:${figures[name]?.benchmark ?? "b"}/${name}`;
  const fields: Record<string, Properties> = {
    "TradeOff:t": regimes ? { regimes: regimes.map((slug) => ({ slug, title: slug })) } : {},
    "Metric:p99": { quantity: "TIME", direction: "LOWER_IS_BETTER" },
  };
  const edges: GivenEdge[] = [
    ...options.map((option, order): GivenEdge => ["OFFERS", "TradeOff:t", `Option:t/${option}`, {}, order]),
    ...options.map((option): GivenEdge => ["REALIZED_BY", `Option:t/${option}`, `Concept:${option}`]),
    ...qualities.map((quality, order): GivenEdge => ["WEIGHED_ON", "TradeOff:t", `Quality:${quality}`, {}, order]),
  ];
  for (const { option, quality, rating, regime, cites = [] } of cells) {
    const id = `Assessment:t/${[option, quality, ...(regime ? [regime] : [])].join("-")}`;
    fields[id] = { ...(rating !== undefined && { rating }), ...(regime && { regime }), basis: "MEASURED" };
    edges.push(["ASSESSED_AS", `Option:t/${option}`, id], ["ON", id, `Quality:${quality}`]);
    for (const name of cites)
      edges.push(["EVIDENCED_BY", id, idOfFigure(name), { reason: "It shows it.", supports: true }]);
  }
  for (const [name, { of, value, unit = "ms", benchmark = "b", params }] of Object.entries(figures)) {
    fields[idOfFigure(name)] = { value, unit, subjectAsPrinted: name, ...(params && { params }) };
    edges.push(
      ["REPORTS", `Benchmark:${benchmark}`, idOfFigure(name)],
      ["OF", idOfFigure(name), "Metric:p99"],
      ["MEASURES", idOfFigure(name), `Concept:${of}`],
    );
  }
  return aView([...edges, ...(given.edges ?? [])], { ...fields, ...given.fields });
}
