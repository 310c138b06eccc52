declare module "parse-prometheus-text-format" {
  /** The families of metrics in a text; https://github.com/yunyu/parse-prometheus-text-format */
  export default function parsePrometheusText(text: string): {
    readonly name: string;
    readonly help: string;
    readonly type: string;
    readonly metrics: readonly object[];
  }[];
}
