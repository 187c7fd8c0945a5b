// Fills in what the page needs: address, key, version and hash of the tag, and the stub beside it.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const { BALISE_URL = "http://127.0.0.1:8787", BALISE_WRITE_KEY = "WRITE_KEY" } = process.env;

const ofPackage = (file) => fileURLToPath(import.meta.resolve(`@balise/sdk/${file}`));
const script = await readFile(ofPackage("balise.js"));
const { version } = JSON.parse(await readFile(ofPackage("package.json"), "utf8"));

const values = {
  URL: BALISE_URL,
  WRITE_KEY: BALISE_WRITE_KEY,
  VERSION: version,
  INTEGRITY: `sha384-${createHash("sha384").update(script).digest("base64")}`,
};
const page = await readFile("index.html", "utf8");
await mkdir("dist", { recursive: true });
await writeFile(
  "dist/index.html",
  page.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name]),
);
await cp("page.js", "dist/page.js");
await cp(ofPackage("stub.js"), "dist/stub.js");
