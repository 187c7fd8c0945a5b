/** `npm start` and `npm test` as a newcomer meets them. */
import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { testFolder } from "./support/folder.js";
import { BIN, environment } from "./support/run.js";

const ROOT = join(import.meta.dirname, "..");
const START = join(ROOT, "scripts/start.mjs");

interface Running {
  output: () => string;
  url: (of: string) => string;
  end: () => Promise<number | null>;
}

async function npmStart(folder: string, until: RegExp): Promise<Running> {
  const child = spawn(process.execPath, [START], {
    cwd: folder,
    env: environment({
      BALISE_DATA_DIR: join(folder, "data"),
      BALISE_PORT: "0",
      BALISE_EMBEDDED_PORT: "0",
      SHOP_PORT: "0",
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (bytes) => (output += String(bytes)));
  child.stderr.on("data", (bytes) => (output += String(bytes)));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  onTestFinished(() => void child.kill("SIGKILL"));
  await vi.waitUntil(() => until.test(output), { timeout: 120_000, interval: 50 });
  return {
    output: () => output,
    url: (of) => new RegExp(`^  ${of} +(http\\S+)`, "m").exec(output)?.[1] ?? "",
    end: async () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

test("npm start brings up shop, console and demo data; the next start finds them", async () => {
  const folder = testFolder();
  const first = await npmStart(folder, /events of [\d,]+ visitors sent/);
  for (const key of ["write key", "secret key", "read key"]) expect(first.output()).toContain(key);
  const readKey = /read key +(\S+)/.exec(first.output())?.[1] ?? "";
  const writeKey = /write key +(\S+)/.exec(first.output())?.[1] ?? "";
  expect(await (await fetch(`${first.url("demo shop")}config.js`)).text()).toContain(writeKey);
  expect((await fetch(first.url("console"))).status).toBe(200);
  const names = async (): Promise<string[]> => {
    const response = await fetch(`${first.url("console")}v1/query/event_names`, {
      method: "POST",
      headers: { authorization: `Bearer ${readKey}`, "content-type": "application/json" },
      body: "{}",
    });
    const { rows } = (await response.json()) as { rows: { name: string }[] };
    return rows.map((row) => row.name);
  };
  await expect
    .poll(names, { timeout: 30_000 })
    .toEqual(expect.arrayContaining(["page_view", "order_completed", "survey_answered"]));
  expect(await first.end()).toBe(0);
  expect(first.output()).toContain("everything is stored");

  const second = await npmStart(folder, /the store holds/);
  const held = Number(/holds ([\d,]+) events/.exec(second.output())?.[1]?.replaceAll(",", ""));
  expect(held).toBeGreaterThan(50_000);
  expect(second.output()).toContain(readKey);
  expect(await second.end()).toBe(0);
}, 240_000);

test.each([
  ["balise", [BIN, "start"]],
  ["npm start", [START]],
  ["npm test", [join(ROOT, "scripts/test.mjs")]],
])("%s says in one line that Node is too old", (_what, args) => {
  const old =
    "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.18.1'}})";
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", old, ...args], {
    encoding: "utf8",
    timeout: 30_000,
  });
  expect([status, stdout, stderr]).toEqual([
    1,
    "",
    "balise: Node 20.18.1 is too old: install Node 20.19 or newer\n",
  ]);
});
