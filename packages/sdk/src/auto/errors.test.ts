// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/contracts/12?name=jane"}
import { afterEach, beforeEach, expect, test } from "vitest";
import { errors } from "./errors.js";

let seen: unknown[];
let stop: () => void;

function start(resources = false): void {
  seen = [];
  stop = errors(
    { track: (name, properties) => void seen.push({ name, ...properties }) },
    { resources },
  );
}
beforeEach(() => start());
afterEach(() => stop());

function fail(message: string, filename = "https://shop.test/app.js?v=3", lineno = 4): void {
  window.dispatchEvent(new ErrorEvent("error", { message, filename, lineno, colno: 2 }));
}

function reject(reason: unknown): void {
  window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));
}

function messageOf(text: string): unknown {
  fail(text);
  return Object(seen.pop()).message;
}

test("an error that nobody caught is told with its place", () => {
  fail("Uncaught TypeError: total is not a function");
  expect(seen).toEqual([
    {
      name: "js_error",
      kind: "error",
      message: "TypeError: total is not a function",
      source: "/app.js",
      line: 4,
      column: 2,
    },
  ]);
});

test("a script of another origin keeps its origin, and one that browsers hide is told apart", () => {
  fail("Uncaught Error: a", "https://cdn.test/lib.mjs");
  fail("Script error.", "", 0);
  expect(seen).toMatchObject([
    { kind: "error", source: "https://cdn.test/lib.mjs" },
    { name: "js_error", kind: "foreign", message: "Script error." },
  ]);
  expect(seen[1]).not.toHaveProperty("source");
});

test("an inline script does not tell the address of its page", () => {
  fail("Uncaught Error: a", location.href, 9);
  expect(seen).toEqual([
    { name: "js_error", kind: "error", message: "Error: a", line: 9, column: 2 },
  ]);
});

test("a rejected promise is told with the first place of its stack", () => {
  const error = new RangeError("too far");
  error.stack = `RangeError: too far\n    at go (https://shop.test/js/a.js?b=c:3:7)\n    at https://x.test/b.js:1:1`;
  reject(error);
  expect(seen).toEqual([
    {
      name: "js_error",
      kind: "rejection",
      message: "RangeError: too far",
      source: "/js/a.js",
      line: 3,
      column: 7,
    },
  ]);
});

test("a rejection that is no error tells its text, and nothing of an object", () => {
  for (const reason of ["no stock", undefined, { name: "Jane" }]) reject(reason);
  expect(seen.map((event) => Object(event).message)).toEqual([
    "no stock",
    "undefined",
    "[object Object]",
  ]);
});

test("values are taken out of messages, names of the code stay", () => {
  const messages = {
    "Cannot read properties of undefined (reading 'total')": undefined,
    "undefined is not an object (evaluating 'wallet.confirm')": undefined,
    'can\'t access property "total", cart is undefined': undefined,
    'Unexpected token, "{"name":"Jane"}" is not valid JSON':
      "Unexpected token, … is not valid JSON",
    "no customer 'Jane Doe": "no customer …",
    "contract 1234567 of 2024": "contract … of 2024",
    "GET https://api.test/a/b?mail=j@x.test#c failed": "GET https://api.test/a/b failed",
    "Minified React error #418": undefined,
  };
  for (const [text, told = text] of Object.entries(messages)) expect(messageOf(text)).toBe(told);
});

test("a long message is cut, with what it quotes", () => {
  expect(messageOf(`wrong: "${"x".repeat(1000)}"`)).toBe("wrong: …");
  expect(messageOf("y".repeat(1000))).toBe("y".repeat(500));
});

test("the same failure is told once, and ten failures at most", () => {
  for (let n = 0; n < 5; n++) fail("Uncaught Error: again");
  expect(seen).toHaveLength(1);
  for (let n = 0; n < 50; n++) fail(`Uncaught Error: e${n}`);
  expect(seen).toHaveLength(10);
});

test("errors of the browser's extensions are not the page's", () => {
  fail("Uncaught Error: a", "chrome-extension://abc/x.js");
  const error = new Error("a");
  error.stack = "Error: a\n at moz-extension://abc/x.js:1:2";
  reject(error);
  expect(seen).toEqual([]);
});

test("what could not be loaded is told only on request, without its query", () => {
  const image = document.createElement("img");
  document.body.append(image);
  image.setAttribute("src", "/a.png?user=7");
  image.dispatchEvent(new Event("error"));
  expect(seen).toEqual([]);
  stop();
  start(true);
  image.dispatchEvent(new Event("error"));
  image.setAttribute("src", "data:image/png;base64,AAAA");
  image.dispatchEvent(new Event("error"));
  expect(seen).toEqual([
    { name: "js_error", kind: "resource", message: "img", source: "/a.png" },
    { name: "js_error", kind: "resource", message: "img" },
  ]);
});

test("a tag that throws while it is told starts no loop, and once stopped nothing is told", () => {
  stop();
  let calls = 0;
  stop = errors({
    track: () => {
      calls++;
      fail("Uncaught Error: a");
    },
  });
  fail("Uncaught Error: a");
  expect(calls).toBe(1);
  stop();
  fail("Uncaught Error: b");
  reject(new Error("c"));
  expect(calls).toBe(1);
});
