/** docs/developer.md: its files are one site, which is built and visited; its commands are run. */
import { execFile } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { buildFolder } from "./examples/build.js";
import { type Block, blocksOf, fillIn } from "./examples/document.js";
import { makeProject } from "./examples/project.js";
import { serveSite } from "./examples/site.js";
import { visitUrl } from "./examples/visit.js";
import { askQuery, sql } from "./support/ask.js";
import { Complaints, launchChromium, openVisitor } from "./support/browser.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder, testFolder } from "./support/folder.js";
import { environment } from "./support/run.js";

const ROOT = join(import.meta.dirname, "..");
const DOCUMENT = join(ROOT, "docs/developer.md");
/** Milliseconds, on a machine where other tests build and start their own. */
const PATIENCE = 150_000;

const blocks = blocksOf(DOCUMENT);
const run = promisify(execFile);
const folder = makeFolder();
const site = join(folder.path, "site");
let collector: Collector;
let browser: Browser;

function block(start: string): Block {
  const found = blocks.find(({ text }) => text.startsWith(start));
  if (found === undefined) throw new Error(`the page has no block that begins with ${start}`);
  return found;
}

/** Words of the page that stand for a reader's own. */
const words = (): Record<string, string> => ({
  WRITE_KEY: collector.keys.writeKey,
  "http://127.0.0.1:8787": collector.url,
  "https://balise.example.org": collector.url,
  "0.1.0": manifestOf("packages/sdk").version,
});

function manifestOf(path: string): { name: string; version: string; scripts: object } {
  return JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8"));
}

async function shell(text: string): Promise<string> {
  const env = environment({ READ_KEY: collector.keys.readKey });
  return (await run("sh", ["-c", fillIn(text, words())], { env })).stdout;
}

beforeAll(async () => {
  [collector, browser] = await Promise.all([startCollector(folder.path), launchChromium()]);
  makeProject(blocks, site, words());
  appendFileSync(join(site, "src/main.ts"), 'import "./instruments.js";\n');
  await buildFolder(site, {});
}, PATIENCE);

afterAll(async () => {
  await browser?.close();
  await collector?.end("SIGTERM");
  folder.remove();
}, 60_000);

/** Serves what was built, under the page's own policy. */
async function serve(): Promise<string> {
  const [, name = "", value = ""] = /^(\S+): (.*)$/m.exec(block("Content-Security").text) ?? [];
  const { url, close } = await serveSite(join(site, "dist"), { [name]: fillIn(value, words()) });
  onTestFinished(close);
  return url;
}

test(
  "its site tells the events of its plan, as consent allows, and the console shows them live",
  async () => {
    const visit = await visitUrl({ browser, collector }, await serve());
    for (const id of ["add", "agree", "sign-in", "sign-out"])
      await visit.page.locator(`#${id}`).click();
    expect(await visit.leave()).toEqual([]);
    const nobody = { user_id: "", account_id: "", traits: {} };
    const customer = { user_id: "customer-42", account_id: "", traits: {} };
    const household = { ...customer, account_id: "h-7" };
    await visit.expectStored(
      "name, properties, value, user_id, account_id, traits",
      [
        { name: "page_view", properties: {}, value: null, ...nobody },
        { name: "cart_added", properties: { product: "heron", quantity: 1 }, value: 49, ...nobody },
        { name: "identify", properties: {}, value: null, ...customer, traits: { plan: "family" } },
        { name: "group", properties: {}, value: null, ...household },
        { name: "signed_out", properties: {}, value: null, ...household },
      ],
      "name != 'web_vital'",
    );
    const vitals = "SELECT name FROM events WHERE name = 'web_vital' LIMIT 1 BY name";
    expect(await sql(collector, vitals)).toHaveLength(1);

    const page = await openVisitor(browser, new Complaints());
    onTestFinished(() => page.context().close());
    await page.goto(`${collector.url}/#/live`);
    await page.getByTestId("key-input").fill(collector.keys.readKey);
    await page.getByTestId("key-submit").click();
    await page.locator('[data-testid=live-row][data-name="cart_added"]').waitFor();

    const answer: unknown = JSON.parse(await shell(block("curl -H").text));
    expect(answer).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ name: "cart_added" })]),
    });
  },
  PATIENCE,
);

test(
  "its script tag, pinned by the hash that its command prints, counts the page",
  async () => {
    const printed = await shell(block("curl -sI").text);
    const integrity = /sha384-\S+/.exec(printed)?.[0] ?? "";
    const page = readFileSync(join(site, "pinned.html"), "utf8");
    writeFileSync(join(site, "dist/pinned.html"), page.replace("sha384-…", integrity));
    const visit = await visitUrl({ browser, collector }, `${await serve()}/pinned.html`);
    await visit.expectStored("name, page_title, consent", [
      { name: "page_view", page_title: "Pinned", consent: "exempt" },
    ]);
    expect(await visit.leave()).toEqual([]);
  },
  PATIENCE,
);

test(
  "its unit test passes",
  async () => {
    const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
    const options = { cwd: site, env: environment({ NO_COLOR: "1" }) };
    const { stdout } = await run(
      process.execPath,
      [vitest, "run", "--environment", "happy-dom"],
      options,
    );
    expect(stdout).toMatch(/Tests +1 passed/);
  },
  PATIENCE,
);

test(
  "the keys that it gives a CI are those of a collector that starts with them",
  async () => {
    const pairs = block("export BALISE").text.matchAll(/(BALISE_\w+)=(\S+)/g);
    const settings = Object.fromEntries([...pairs].map(([, name, value]) => [name, value]));
    const ci = await startCollector(testFolder(), settings);
    onTestFinished(async () => void (await ci.end("SIGKILL")));
    const keys = { ...ci.keys, readKey: settings["BALISE_READ_KEY"] ?? "" };
    expect(await askQuery({ url: ci.url, keys }, "event_names", {})).toEqual([]);
  },
  PATIENCE,
);

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
