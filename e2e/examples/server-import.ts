import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sql } from "../support/ask.js";
import { testFolder } from "../support/folder.js";
import { type Ended, environment } from "../support/run.js";
import { folderOf } from "./build.js";
import { allInserted } from "./inserted.js";
import type { Scene, Stage } from "./scene.js";
import { startServer } from "./server.js";

/** The orders of a customer of this test's own. */
function writeOrders(orders: readonly object[]): string {
  const file = join(testFolder(), "orders.json");
  writeFileSync(file, JSON.stringify(orders));
  return file;
}

/** Runs the example's program to its end. */
function run(settings: Record<string, string>, ...args: string[]): Promise<Ended> {
  const options = { cwd: folderOf("server"), env: environment(settings), timeout: 60_000 };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ["main.mjs", ...args],
      options,
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const settingsOf = ({ collector: { url, keys } }: Stage): Record<string, string> => ({
  BALISE_URL: url,
  BALISE_SECRET_KEY: keys.secretKey,
});

export function serverExample(scene: Scene): void {
  test("its orders, sent twice, are stored once with their own time, and belong to the user", async () => {
    for (let times = 0; times < 2; times++) {
      expect(await run(settingsOf(scene()))).toEqual({
        code: 0,
        stdout: "3 accepted, 0 rejected\n",
        stderr: "",
      });
    }
    const orders = (): Promise<object[]> =>
      sql(
        scene().collector,
        `SELECT properties.order::String AS order, toString(occurred_at) AS at, user_id, value, channel, source
         FROM events WHERE name = 'order_paid' AND value > 0 ORDER BY order LIMIT 1 BY id`,
      );
    const told = { channel: "server", source: "import" };
    await allInserted(scene().collector);
    expect(await orders()).toEqual([
      { order: "1001", at: "2026-03-01 10:00:00.000", user_id: "customer-42", value: 49, ...told },
      { order: "1002", at: "2026-03-01 11:30:00.000", user_id: "customer-43", value: 29, ...told },
      { order: "1003", at: "2026-03-02 09:15:00.000", user_id: "customer-42", value: 78, ...told },
    ]);
  });

  test("an order that is refused is named with its reason, and its neighbours are kept", async () => {
    const good = { number: "1", customer: "c", paidAt: "2026-03-01T10:00:00Z", euros: -1 };
    const file = writeOrders([good, { ...good, number: "2", paidAt: "yesterday" }]);
    expect(await run(settingsOf(scene()), file)).toEqual({
      code: 1,
      stdout: "1 accepted, 1 rejected\n",
      stderr: expect.stringMatching(/^order 2: \w+: .*occurredAt/),
    });
  });

  test("a collector that is busy is asked again; one that refuses the key is not", async () => {
    let asked = 0;
    const busy = createServer((request, response) => {
      request.resume().once("end", () => {
        asked += 1;
        if (asked === 1) response.writeHead(503, { "retry-after": "0" }).end();
        else response.writeHead(202).end('{"accepted":3,"rejectedCount":0,"rejected":[]}');
      });
    });
    const { url, close } = await startServer(busy);
    onTestFinished(close);
    const settings = { ...settingsOf(scene()), BALISE_URL: url };
    expect(await run(settings)).toMatchObject({ code: 0, stdout: "3 accepted, 0 rejected\n" });
    expect(asked).toBe(2);

    const wrong = { ...settingsOf(scene()), BALISE_SECRET_KEY: "bs_of_nobody" };
    expect(await run(wrong)).toMatchObject({ code: 1, stderr: expect.stringContaining("401") });
  });
}
