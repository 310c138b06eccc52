/** The part of the library that we use; it has no types of its own. */
declare module "@lhncbc/ucum-lhc" {
  export class UcumLhcUtils {
    static getInstance(): UcumLhcUtils;
    convertUnitTo(
      fromUcumCode: string,
      value: number,
      toUcumCode: string,
    ): { readonly status: "succeeded" | "failed" | "error"; readonly toVal: number | null; readonly msg: string[] };
  }
}
