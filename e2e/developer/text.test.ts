/** What docs/developer.md says beside its site. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { askQuery } from "../support/ask.js";
import { startCollector } from "../support/collector.js";
import { testFolder } from "../support/folder.js";
import { blockOf, DOCUMENT, readBlocks } from "./document.js";

const ROOT = join(import.meta.dirname, "../..");

const blocks = readBlocks();

function manifestOf(path: string): { name: string; scripts: object } {
  return JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8"));
}

test("the keys that it gives a CI are those of a collector that starts with them", async () => {
  const pairs = blockOf(blocks, "export BALISE").text.matchAll(/(BALISE_\w+)=(\S+)/g);
  const settings = Object.fromEntries([...pairs].map(([, name, value]) => [name, value]));
  const ci = await startCollector(testFolder(), settings);
  onTestFinished(async () => void (await ci.end("SIGKILL")));
  const keys = { ...ci.keys, readKey: settings["BALISE_READ_KEY"] ?? "" };
  expect(await askQuery({ url: ci.url, keys }, "event_names", {})).toEqual([]);
}, 60_000);

test("it has no block that is neither a file of its site nor a command that is held here", () => {
  const held = [
    "npm start",
    "npm install @balise/sdk",
    "curl",
    "export BALISE",
    "Content-Security",
  ];
  const others = blocks.filter(
    ({ file, text }) => file === "" && !held.some((start) => text.startsWith(start)),
  );
  expect(others).toEqual([]);
  expect(blocks.length).toBeGreaterThan(12);
  expect(manifestOf(".").scripts).toHaveProperty("start");
  expect(manifestOf("packages/sdk").name).toBe("@balise/sdk");
});

test("what it links to is there", () => {
  const links = [...readFileSync(DOCUMENT, "utf8").matchAll(/\]\((\.\.?\/[^)#]+)/g)];
  expect(links.length).toBeGreaterThan(5);
  for (const [, link = ""] of links)
    expect([link, existsSync(join(dirname(DOCUMENT), link))]).toEqual([link, true]);
});
