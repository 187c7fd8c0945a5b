import { expect, it } from "vitest";
import { faultTeller } from "./fault.js";

const lines: [object, string][] = [];
const write = (fields: object, message: string): void => void lines.push([fields, message]);

it("tells what kind of fault, at which route and where in the code, once, and nothing of what was sent", () => {
  const tell = faultTeller({ info: write, warn: write, error: write });
  for (let times = 0; times < 50; times++) {
    const fault = new SyntaxError('Unexpected token m in "marie"\n    at once "marie" is no JSON');
    fault.stack = `SyntaxError: ${fault.message}\n${Array.from({ length: 9 }, () => "    at read (body.js:1:2)").join("\n")}`;
    tell(fault, "/v1/batch");
    tell(Object.assign(new TypeError("marie"), { code: "ERR_X", input: "marie" }), "/v1/batch");
    tell("marie", undefined);
  }
  const at = Array.from({ length: 5 }, () => "at read (body.js:1:2)");
  expect(lines).toEqual([
    [{ error: "SyntaxError", route: "/v1/batch", at }, "a request failed"],
    [
      { error: "TypeError", code: "ERR_X", route: "/v1/batch", at: expect.any(Array) },
      "a request failed",
    ],
    [{ error: "string", route: "", at: [] }, "a request failed"],
  ]);
  expect(JSON.stringify(lines)).not.toContain("marie");
});
