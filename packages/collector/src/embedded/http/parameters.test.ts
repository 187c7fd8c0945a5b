import type { IncomingMessage } from "node:http";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readParameters } from "./parameters.js";

const request = (headers: Record<string, string> = {}) =>
  ({ headers }) as unknown as IncomingMessage;
const read = (search: string | [string, string][], headers?: Record<string, string>) =>
  readParameters(request(headers), new URLSearchParams(search));

describe("readParameters", () => {
  test("tells the interface's own parameters, statement parameters and settings apart", () => {
    const parameters = read(
      "query=SELECT+1&database=d&default_format=CSV&query_id=q&param_a=1&max_threads=2&user=u&password=p" +
        "&enable_http_compression=1&wait_end_of_query=1&send_progress_in_http_headers=1&http_headers_progress_interval_ms=100",
    );
    expect(parameters).toEqual({
      query: "SELECT 1",
      queryId: "q",
      database: "d",
      defaultFormat: "CSV",
      compress: true,
      waitEndOfQuery: true,
      params: new Map([["a", "1"]]),
      settings: new Map([["max_threads", "2"]]),
    });
  });

  test("takes database and format from headers, too", () => {
    const parameters = read("", { "x-clickhouse-database": "d", "x-clickhouse-format": "JSON" });
    expect(parameters).toMatchObject({ database: "d", defaultFormat: "JSON" });
  });

  test.each(["session_id=1", "role=r", "compress=1", "decompress=1"])(
    "refuses %s politely",
    (search) => {
      expect(() => read(search)).toThrowError(expect.objectContaining({ code: 48, status: 501 }));
    },
  );

  test("a name that is not an identifier never becomes SQL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (name, value) => {
        fc.pre(!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
        expect(() => read([[`param_${name}`, value]])).toThrowError(
          expect.objectContaining({ code: 36 }),
        );
        expect(() => read([[`${name} = 1; DROP`, value]])).toThrowError(
          expect.objectContaining({ code: 36 }),
        );
      }),
    );
  });

  test("any value arrives as it was sent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        const url = new URL(`http://x/?${new URLSearchParams({ param_a: value }).toString()}`);
        expect(readParameters(request(), url.searchParams).params.get("a")).toBe(value);
      }),
    );
  });
});
