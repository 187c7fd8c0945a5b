/**
 * Prints the gzip bytes of what a user downloads, and fails past a budget. With `--readme`, also
 * writes them into the README.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { rollup } from "rollup";
import { instruments, widgets } from "./bundle.mjs";

/** What a user writes → most gzip bytes that it may cost. */
const BUDGETS = {
  'import { createTag } from "@balise/sdk"': 4500,
  'import { cookies } from "@balise/sdk/cookies"': 400,
  'import { urls } from "@balise/sdk/urls"': 400,
  'import { hashUserIds } from "@balise/sdk/hash"': 400,
  'import { surveys } from "@balise/sdk/surveys"': 2048,
  'import { webviewBridge } from "@balise/sdk/webview"': 921,
  'import { takeHandover } from "@balise/sdk/webview"': 500,
  "balise.js": 5800,
  "balise.all.js": 11_700,
  "stub.js": 512,
};

const SHELL = 'import { showSurvey } from "@balise/sdk/widgets/shell"';
const ENGLISH = 'import { en } from "@balise/sdk/widgets/en"';
const WIDGETS = {
  'import { showAnySurvey } from "@balise/sdk/widgets/all"': 6600,
};
/** One kind of question with the shell and a language: all that asks a survey of that kind. */
const ONE_WIDGET = 4608;
/** Parts of the others. */
const NO_KINDS = ["all", "branching", "en", "fr", "shell", "tab"];

/** Stands in the package, so that its libraries are found. */
const USER = fileURLToPath(new URL("../user.js", import.meta.url));

/** Loaded later, of an entry that a user imports: what it is → the file and its budget. */
const LATER = {
  "surveys, once one is triggered": ["chunks/asker.js", 2700],
  "surveys, for triggers other than events": ["chunks/moments.js", 600],
};

/** Each file of `src/auto` exports one function, named as the file, within this budget. */
const INSTRUMENT = 900;
/** Instruments that bring a library, by what they take of it: its own bytes and these more. */
const OTHER_INSTRUMENTS = {
  "auto/web-vitals": {
    library: 'export { onCLS, onFCP, onINP, onLCP, onTTFB } from "web-vitals";',
    more: 300,
  },
};

/**
 * @param {string} dist The built package.
 * @returns {Promise<Record<string, { bytes: number, budget: number }>>} by what a user writes.
 */
export async function sizes(dist) {
  const found = {};
  const all = {
    ...BUDGETS,
    ...(await ofInstruments(dist)),
    ...WIDGETS,
    ...(await ofWidgets(dist)),
  };
  for (const [line, budget] of Object.entries(all)) {
    const code = line.startsWith("import") ? await bundled(line, dist) : await read(dist, line);
    found[line] = { bytes: compressed(code), budget };
  }
  for (const [what, [file, budget]] of Object.entries(LATER)) {
    const code = await minified(`export * from ${JSON.stringify(join(dist, file))};`);
    found[what] = { bytes: compressed(code), budget };
  }
  return found;
}

async function ofInstruments(dist) {
  const found = {};
  for (const name of await instruments(dist)) {
    const line = `import { ${camelCase(name.slice("auto/".length))} } from "@balise/sdk/${name}"`;
    found[line] = await budgetOf(name);
  }
  return found;
}

async function ofWidgets(dist) {
  const names = (await widgets(dist)).map((name) => name.slice("widgets/".length));
  const kinds = names.filter((name) => !NO_KINDS.includes(name));
  const lines = kinds.map(
    (kind) => `${SHELL}; import { ${kind} } from "@balise/sdk/widgets/${kind}"; ${ENGLISH}`,
  );
  return Object.fromEntries(lines.map((line) => [line, ONE_WIDGET]));
}

async function budgetOf(name) {
  const { library, more } = OTHER_INSTRUMENTS[name] ?? {};
  return library ? compressed(await minified(library)) + more : INSTRUMENT;
}

function compressed(code) {
  return gzipSync(code, { level: 9 }).length;
}

function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

/** As a user's bundler does it: only what the line needs, minified. */
export function bundled(line, dist) {
  const imports = line.matchAll(/\{ (\w+) \} from "@balise\/sdk\/?([^"]*)"/g);
  const exports = Array.from(imports, ([, name, path]) => {
    const file = join(dist, `${path || "index"}.js`);
    return `export { ${name} } from ${JSON.stringify(file)};`;
  });
  return minified(exports.join("\n"));
}

async function minified(source) {
  const virtual = {
    name: "virtual",
    resolveId: (id) => (id === USER ? id : null),
    load: (id) => (id === USER ? source : null),
  };
  const build = await rollup({ input: USER, plugins: [virtual, nodeResolve()] });
  const { output } = await build.generate({ format: "es", plugins: [terser({ ecma: 2020 })] });
  await build.close();
  return atOnce(output);
}

/** What is loaded with the entry: it may share parts with what it loads later. */
function atOnce(output) {
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]));
  const needed = new Set([output[0]]);
  for (const { imports } of needed) for (const name of imports) needed.add(chunks.get(name));
  return Array.from(needed, ({ code }) => code).join("\n");
}

function read(dist, file) {
  return readFile(join(dist, file));
}

/** The table of the README, between its two comments. */
function writeReadme(found) {
  const file = fileURLToPath(new URL("../../../README.md", import.meta.url));
  const rows = Object.entries(found).map(([line, { bytes }]) => `| \`${line}\` | ${told(bytes)} |`);
  const table = ["| what a user writes | bytes, gzip |", "| --- | --- |", ...rows].join("\n");
  const marked = /(<!-- sizes: .* -->\n\n)[^]*?(\n\n<!-- end of sizes -->)/;
  writeFileSync(file, readFileSync(file, "utf8").replace(marked, `$1${table}$2`));
}

function told(bytes) {
  return bytes.toLocaleString("en-US");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = await sizes(fileURLToPath(new URL("../dist", import.meta.url)));
  for (const [line, { bytes, budget }] of Object.entries(found)) {
    const over = bytes > budget;
    process.stdout.write(
      `${String(bytes).padStart(6)} of ${budget} ${over ? "OVER" : "ok  "} ${line}\n`,
    );
    if (over) process.exitCode = 1;
  }
  if (process.argv.includes("--readme")) writeReadme(found);
}
