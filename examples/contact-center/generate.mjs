// node generate.mjs FOLDER [SEED]: writes contacts.csv and customers.csv, the exports of March 2026.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { monthOf } from "./month.mjs";

const [folder = "exports", seed = "1"] = process.argv.slice(2);

/** Semicolons, as spreadsheets write where the comma is the decimal mark. */
function csvOf(rows) {
  const lines = [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))];
  return `\ufeff${lines.map((cells) => cells.join(";")).join("\r\n")}\r\n`;
}

const { base, contacts } = monthOf({
  seed: Number(seed),
  customers: 2000,
  start: Date.UTC(2026, 2, 1),
  days: 31,
});

// As in any real export: a call of nobody, and a time that someone typed.
const [first] = contacts;
contacts.push({ ...first, "N° de dossier": "D-999998", Client: "" });
contacts.push({ ...first, "N° de dossier": "D-999999", "Ouvert le": "hier matin" });

await mkdir(folder, { recursive: true });
await writeFile(join(folder, "customers.csv"), csvOf(base));
await writeFile(join(folder, "contacts.csv"), csvOf(contacts));
console.log(`${base.length} customers, ${contacts.length} contacts in ${folder}`);
