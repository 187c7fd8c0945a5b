import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sql } from "../support/ask.js";
import { testFolder } from "../support/folder.js";
import { balise } from "../support/run.js";
import { folderOf } from "./build.js";
import { allInserted } from "./inserted.js";
import type { Scene } from "./scene.js";

const run = promisify(execFile);
const FOLDER = folderOf("contact-center");

/** The rows of one of its files, which quotes nothing. */
function rowsOf(file: string): Record<string, string>[] {
  const [head = "", ...lines] = readFileSync(file, "utf8").slice(1).trimEnd().split("\r\n");
  const names = head.split(";");
  return lines.map((line) => {
    const cells = line.split(";");
    return Object.fromEntries(names.map((name, place) => [name, cells[place] ?? ""]));
  });
}

/** Of `02/03/2026 …` as of `02/03/2026`. */
const isoDay = (text = ""): string => text.slice(0, 10).split("/").toReversed().join("-");

export function contactCenterExample(scene: Scene): void {
  test("its month comes in once, its wrong rows are kept with reasons, and contacts per customer count those without any", async () => {
    const exports = testFolder();
    await run(process.execPath, ["generate.mjs", exports], { cwd: FOLDER });
    const [base, contacts] = ["customers", "contacts"].map((name) => join(exports, `${name}.csv`));
    const { collector } = scene();
    const importAs = (kind: string) =>
      balise(
        ["import", join(exports, `${kind}.csv`), "--as", kind, "--map", `${kind}.map.json`].concat(
          "--url",
          collector.url,
        ),
        { BALISE_SECRET_KEY: collector.keys.secretKey },
        FOLDER,
      );
    const customers = rowsOf(base ?? "");
    const calls = rowsOf(contacts ?? "").slice(0, -2);
    const events = calls.length + calls.filter((call) => call["Clos le"] !== "").length;
    for (let times = 0; times < 2; times++) {
      expect(await importAs("customers")).toMatchObject({
        code: 0,
        stdout: `${customers.length.toLocaleString("en")} accepted, 0 rejected\n`,
      });
      const { code, stdout } = await importAs("contacts");
      expect(code).toBe(2);
      // The call of nobody was closed as well: both of its events are refused.
      expect(stdout).toContain(`${events.toLocaleString("en")} accepted, `);
      expect(stdout).toContain("missing_person");
      expect(stdout).toContain('openedAt: "hier matin" is not a time: write dd/MM/yyyy HH:mm:ss');
      const rejects = readFileSync(join(exports, "contacts.rejected.csv"), "utf8");
      expect(rejects).toMatch(/D-999998/);
      expect(rejects).toMatch(/;hier matin;/);
    }
    await allInserted(collector);

    const question = readFileSync(join(FOLDER, "contacts-per-customer.sql"), "utf8");
    const stillIn = customers.filter((one) => {
      const until = isoDay(one["Résilié le"]);
      return until === "" || until > "2026-03-01";
    });
    const segments = [...new Set(stillIn.map((one) => one["Segment"] ?? ""))].toSorted((a, b) =>
      a.localeCompare(b),
    );
    const expected = segments.map((segment) => {
      const own = new Set(
        stillIn.filter((one) => one["Segment"] === segment).map((one) => one["Client"]),
      );
      const opened = calls.filter((call) => own.has(call["Client"])).length;
      return { segment, customers: own.size, contacts: opened };
    });
    expect(await sql(collector, question)).toMatchObject(expected);
    expect(calls.length).toBeLessThan(customers.length);

    const [first] = calls;
    // Paris is an hour ahead in the first days of March.
    const [at] = await sql<{ at: string }>(
      collector,
      `SELECT formatDateTime(occurred_at, '%d/%m/%Y %H:%i:%S', 'Europe/Paris') AS at
       FROM contacts WHERE contact_id = '${first?.["N° de dossier"]}' AND name = 'contact_opened'`,
    );
    expect(at?.at).toBe(first?.["Ouvert le"]);
  });
}
