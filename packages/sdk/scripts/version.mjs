/** Writes the version of package.json into the tag, which tells it with every event. */
import { readFileSync, writeFileSync } from "node:fs";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const file = new URL("../src/version.ts", import.meta.url);
const source = readFileSync(file, "utf8");
writeFileSync(file, source.replace(/(VERSION = ")[^"]*/, `$1${version}`));
