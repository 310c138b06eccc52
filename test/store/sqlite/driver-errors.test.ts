import { isBusy, translated } from "../../../src/store/sqlite/driver-errors";

/** An error as the driver throws it, with SQLite's result code. */
const failure = (errcode: number) =>
  Object.assign(new Error("text of the driver"), { code: "ERR_SQLITE_ERROR", errcode });

describe("a failure of the driver", () => {
  it.each<[string, number, string?]>([
    ["SQLITE_BUSY", 5],
    ["SQLITE_BUSY_SNAPSHOT", 517],
    ["SQLITE_IOERR_FSYNC", 1034],
    ["SQLITE_READONLY_DBMOVED", 1032, "STORE_UNUSABLE"],
    ["SQLITE_FULL", 13, "STORE_UNUSABLE"],
    ["SQLITE_IOERR_SHMSIZE", 4874, "STORE_UNUSABLE"],
    ["SQLITE_CANTOPEN", 14, "STORE_UNUSABLE"],
    ["SQLITE_CORRUPT", 11, "STORE_UNUSABLE"],
  ])(
    "%s makes the store unavailable or unusable, by its code and in our own words",
    (_, code, told = "STORE_UNAVAILABLE") => {
      const cause = failure(code);
      const error = translated(cause);
      expect(error).toMatchObject({ code: told, cause });
      expect(String(error)).not.toContain("text of the driver");
    },
  );

  it("SQLITE_NOTADB is a mismatch", () => expect(translated(failure(26))).toMatchObject({ code: "STORE_MISMATCH" }));

  it.each([
    ["SQLITE_ERROR", 1],
    ["SQLITE_CONSTRAINT_UNIQUE", 2067],
    ["SQLITE_MISUSE", 21],
  ])("%s is a mistake of ours and stays what it is", (_, code) => {
    const error = failure(code);
    expect(translated(error)).toBe(error);
  });

  it("is worth another try only while another connection holds a lock", () => {
    expect([5, 261, 517].map((code) => isBusy(failure(code)))).toEqual([true, true, true]);
    expect([1, 10, 13].map((code) => isBusy(failure(code)))).toEqual([false, false, false]);
    expect(isBusy(new Error("database is locked"))).toBe(false);
  });
});
