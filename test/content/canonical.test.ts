import { lintLines, readTexts, sampleTexts } from "./sample-bank";
import { writeBank } from "../../src/content/write-bank";

describe("the sample bank", () => {
  it("has no finding", async () => {
    expect(await lintLines(sampleTexts)).toEqual([]);
  });

  it("is written back byte for byte", () => {
    const written = writeBank(readTexts(sampleTexts));
    expect(Object.fromEntries(written.map(({ path, text }) => [path, text]))).toEqual(sampleTexts);
  });
});
