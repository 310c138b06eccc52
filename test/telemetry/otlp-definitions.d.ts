/** OpenTelemetry's own definitions of OTLP, as an earlier release of @opentelemetry/otlp-transformer has them generated. */
declare module "otlp-definitions/build/src/generated/root" {
  interface Message {
    decode(bytes: Uint8Array): object;
    toObject(message: object, options: object): object;
  }
  const definitions: {
    readonly opentelemetry: {
      readonly proto: {
        readonly collector: { readonly trace: { readonly v1: { readonly ExportTraceServiceRequest: Message } } };
      };
    };
  };
  export default definitions;
}
