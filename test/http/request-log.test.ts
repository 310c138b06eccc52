import { Writable } from "node:stream";
import { OperationTypeNode } from "graphql";
import { pino } from "pino";
import type { Report } from "../../src/graphql/context";
import { logRequest } from "../../src/http/request-log";
import type { ServedRequest } from "../../src/http/request-observer";

const served: ServedRequest = {
  requestId: "r1",
  route: "graphql",
  method: "POST",
  status: 200,
  milliseconds: 1.25,
  isAborted: false,
  isRefused: false,
  code: null,
  report: null,
};

/** The line of the log that a request leaves. */
function lineOf(path: string, more: Partial<ServedRequest>): Record<string, unknown> {
  let text = "";
  const stream = new Writable({ write: (chunk, _, done) => ((text += String(chunk)), done()) });
  logRequest(pino({ base: null, timestamp: false }, stream), path, { ...served, ...more }, undefined);
  return JSON.parse(text) as Record<string, unknown>;
}

const report = (name: string | null): Report =>
  ({
    operation: { name, type: OperationTypeNode.QUERY },
    requestedCost: 12,
    actualCost: 7,
    codes: ["NOT_FOUND"],
  }) as unknown as Report;

describe("the line of a request", () => {
  it("tells what was asked, what it cost, and with which codes it was answered", () => {
    expect(lineOf("/graphql", { report: report("One") })).toMatchObject({
      requestId: "r1",
      path: "/graphql",
      status: 200,
      operation: "One",
      type: "query",
      cost: 7,
      codes: ["NOT_FOUND"],
    });
  });

  it("tells of an operation without a name, of one that was not reached, and of a client that went away", () => {
    expect(lineOf("/graphql", { report: report(null) })["operation"]).toBeNull();
    const line = lineOf("/graphql", { code: "BAD_REQUEST", isAborted: true });
    expect(line).toMatchObject({ codes: ["BAD_REQUEST"], aborted: true });
    expect(Object.keys(line)).not.toEqual(expect.arrayContaining(["operation"]));
  });

  it("holds no more of what clients choose the length of than has a use", () => {
    const { path, operation } = lineOf(`/${"p".repeat(5_000)}`, { report: report("n".repeat(5_000)) });
    expect([String(path).length, String(operation).length]).toEqual([200, 100]);
  });
});
