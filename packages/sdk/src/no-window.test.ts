import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { rollup } from "rollup";
import { afterAll, expect, test } from "vitest";
import { build } from "./testing/built.js";
import { entriesOf } from "./testing/entries.js";

const CALL_EVERYTHING = new URL("./testing/call-everything.mjs", import.meta.url);

const built = await build();
const folder = await mkdtemp(join(tmpdir(), "balise-no-window-"));
const entries = await entriesOf(built.dist);
afterAll(async () => {
  await built.remove();
  await rm(folder, { recursive: true });
});

const METHODS = [
  "track",
  "page",
  "identify",
  "group",
  "reset",
  "flush",
  "consent",
  "handover",
  "forget",
];

/** What must have been called of the entry; scripts for pages export nothing. */
function callsOf(entry: string): string[] {
  if (entry === "index.js") return METHODS.map((method) => `createTag.${method}`);
  if (entry === "webview.js") return ["webviewBridge", "webviewBridge.connect", "takeHandover"];
  if (entry === "surveys.js") return ["surveys", "surveys.track"];
  const widget = { all: "showAnySurvey", shell: "showSurvey", tab: "showTab" };
  for (const [file, call] of Object.entries(widget)) {
    if (entry === `widgets/${file}.js`) return [call];
  }
  const [, instrument] = /^auto\/(.*)\.js$/.exec(entry) ?? [];
  return instrument
    ? [instrument.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())]
    : [];
}

/**
 * A module that imports the entry, calls all of it, and exports what it called, the globals that
 * came of it and the requests that were made.
 */
async function program(entry: string): Promise<string> {
  const file = join(folder, `${entry.replaceAll("/", "-")}.mjs`);
  const url = (path: string): string => JSON.stringify(pathToFileURL(join(built.dist, path)).href);
  await writeFile(
    file,
    `const requests = [];
globalThis.fetch = (url) => { requests.push(String(url)); return Promise.reject(new Error("asked")); };
const before = Object.getOwnPropertyNames(globalThis);
const { createTag } = await import(${url("index.js")});
const { callEverything } = await import(${JSON.stringify(CALL_EVERYTHING.href)});
const called = await callEverything(await import(${url(entry)}), createTag);
const globals = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
export const result = { called, globals, requests };
`,
  );
  return file;
}

/** What a program hands over that did nothing. */
function nothing(entry: string): object {
  return { called: expect.arrayContaining(callsOf(entry)), globals: [], requests: [] };
}

test("every entry point of the package is tried", () => {
  expect(entries).toEqual(
    expect.arrayContaining([
      "index.js",
      "auto/page-views.js",
      "webview.js",
      "balise.js",
      "stub.js",
    ]),
  );
});

test.each(entries)("%s does nothing in Node, and keeps no process alive", async (entry) => {
  const file = await program(entry);
  const script = `const { result } = await import(${JSON.stringify(pathToFileURL(file).href)});
process.on("exit", () => process.stdout.write(JSON.stringify(result)));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { encoding: "utf8", timeout: 20_000 },
  );
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual(nothing(entry));
});

test.each(entries)("%s does nothing in a worker thread, and keeps none alive", async (entry) => {
  const file = await program(entry);
  const script = `const { parentPort } = require("node:worker_threads");
import(${JSON.stringify(pathToFileURL(file).href)}).then(({ result }) => parentPort.postMessage(result));`;
  const worker = new Worker(script, { eval: true });
  const messages: unknown[] = [];
  worker.on("message", (message) => messages.push(message));
  const code = await new Promise((resolve, reject) => {
    worker.once("exit", resolve).once("error", reject);
  });
  expect(code).toBe(0);
  expect(messages).toEqual([nothing(entry)]);
});

test.each(entries)("%s does nothing where only the web's own objects are", async (entry) => {
  const requests: string[] = [];
  const realm = createContext({
    Request,
    Response,
    URL,
    TextEncoder,
    TextDecoder,
    crypto,
    fetch: (url: unknown) => requests.push(String(url)),
    setTimeout: () => requests.push("a timer"),
  });
  const own = ["entry", "index", "calls"];
  const before = [...Object.getOwnPropertyNames(realm), ...own];
  const urls = [entry, "index.js"].map((path) => pathToFileURL(join(built.dist, path)));
  for (const [n, url] of [...urls, CALL_EVERYTHING].entries()) {
    runInContext(await asScript(url, own[n] ?? ""), realm);
  }
  const called: unknown = await runInContext(
    "calls.callEverything(globalThis.entry ?? {}, index.createTag)",
    realm,
  );
  const globals = Object.getOwnPropertyNames(realm).filter((name) => !before.includes(name));
  expect({ called, globals, requests }).toEqual(nothing(entry));
});

/** A module as a script whose exports are a variable of this name; a script as it is. */
async function asScript(url: URL, name: string): Promise<string> {
  const code = await readFile(url, "utf8");
  if (!/\bexport[ {]/.test(code)) return code;
  const build = await rollup({ input: fileURLToPath(url) });
  const { output } = await build.generate({
    format: "iife",
    inlineDynamicImports: true,
    name,
    exports: "named",
  });
  await build.close();
  return output[0].code;
}
