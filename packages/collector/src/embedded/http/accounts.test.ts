import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { createAuthenticate } from "./accounts.js";

const authenticate = createAuthenticate({ user: "o", password: "p:w" }, [
  { user: "r", password: "é" },
]);
const role = (headers: Record<string, string>, search = "") =>
  authenticate({ headers } as unknown as IncomingMessage, new URLSearchParams(search));
const basic = (text: string) => ({
  authorization: `Basic ${Buffer.from(text).toString("base64")}`,
});

test("accepts Basic, the X-ClickHouse headers and the URL", () => {
  expect(role(basic("o:p:w"))).toBe("owner");
  expect(role(basic("r:é"))).toBe("reader");
  expect(role({ "x-clickhouse-user": "o", "x-clickhouse-key": "p:w" })).toBe("owner");
  expect(role({}, "user=r&password=%C3%A9")).toBe("reader");
});

test.each([
  [{}, ""],
  [{}, "user=o"],
  [basic("o:p"), ""],
  [basic("o"), ""],
  [basic("r:p:w"), ""],
  [{ authorization: "Bearer p:w" }, ""],
  [{ "x-clickhouse-user": "o" }, "password=p:w"],
  // A header decides alone: a wrong one is not rescued by a right URL.
  [basic("o:no"), "user=o&password=p:w"],
])("refuses %j with %j as ClickHouse does", (headers, search) => {
  expect(() => role(headers, search)).toThrowError(
    expect.objectContaining({ code: 516, status: 403 }),
  );
});
