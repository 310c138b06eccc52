import { parser } from "@prometheus-io/lezer-promql";

type SyntaxNode = ReturnType<typeof parser.parse>["topNode"];

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** What an expression reads: a metric, and which of its series. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export interface Expression {
  readonly selectors: readonly Selector[];
  /** Labels that series are grouped or matched by. */
  readonly grouping: readonly string[];
}

/** Reads PromQL by Prometheus' own grammar; Grafana's variables for durations stand for one. Throws for what is none. */
export function parsePromql(source: string): Expression {
  const text = source.replaceAll("$__rate_interval", "5m");
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  const textOf = (node: SyntaxNode | null): string => (node ? text.slice(node.from, node.to) : "");
  parser.parse(text).iterate({
    enter: ({ type, node }) => {
      if (type.isError) throw new Error(`No PromQL at ${node.from}: ${text}`);
      if (type.name === "VectorSelector")
        selectors.push({
          metric: textOf(node.getChild("Identifier")),
          matchers: (node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []).map((matcher) => ({
            label: textOf(matcher.getChild("LabelName")),
            operator: textOf(matcher.getChild("MatchOp")),
            value: JSON.parse(textOf(matcher.getChild("StringLiteral"))) as string,
          })),
        });
      if (type.name === "GroupingLabels") grouping.push(...node.getChildren("LabelName").map(textOf));
    },
  });
  return { selectors, grouping };
}

/** Whether a series with these labels is one that the matchers mean. */
export const isMeant = (labels: Readonly<Record<string, string>>, matchers: readonly Matcher[]): boolean =>
  matchers.every(({ label, operator, value }) => {
    const actual = labels[label] ?? "";
    const holds = operator.endsWith("~") ? new RegExp(`^(?:${value})$`).test(actual) : actual === value;
    return operator.startsWith("!") ? !holds : holds;
  });
