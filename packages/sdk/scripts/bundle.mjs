/**
 * Makes what is published out of what `tsc` wrote: modules for bundlers, two scripts for pages,
 * and declarations that need no other package.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { minify as minifyAgain } from "oxc-minify";
import { rollup } from "rollup";

/** What a user of the package may import beside the core; all of `src/auto` and `src/widgets` as well. */
const ENTRIES = ["cookies", "hash", "surveys", "urls", "webview"];
/** What a page may load; `balise.js` comes from `script-core.ts`. */
export const SCRIPTS = { balise: "script-core", "balise.all": "script-all", stub: "stub" };

/** What stands in the place of declarations that would name the private package. */
const SCHEMA_TYPES = {
  "wire.d.ts": "types.d.ts",
  "survey.d.ts": "survey-types.d.ts",
  "survey-rules.d.ts": "survey-rules-types.d.ts",
};
const SCHEMA = new URL("../../schema/dist/", import.meta.url);
const LIBRARY = "web-vitals";
const LICENSE = new URL("../LICENSE", import.meta.resolve(LIBRARY));
/** Its license asks for both: to be named, and to come with it. */
const NOTICE = `/*! ${LIBRARY}, Google LLC, Apache-2.0: ${LIBRARY}.LICENSE.txt in @balise/sdk */`;
/** Each finds what the other leaves: together they save one byte in a hundred. */
const minify = [
  terser({
    compress: {
      passes: 3,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_methods: true,
      keep_fargs: false,
      pure_getters: true,
    },
    ecma: 2020,
    module: true,
  }),
  {
    name: "minify-again",
    renderChunk: (code, { fileName }) =>
      minifyAgain(fileName, code, {
        compress: { target: "es2020" },
        mangle: { toplevel: true },
        codegen: { legalComments: "inline" },
      }),
  },
];

/** @param {string} from What `tsc` wrote. @param {string} to Where the package's files go. */
export async function bundle(from, to) {
  await mkdir(to, { recursive: true });
  await modules(from, to);
  for (const [name, entry] of Object.entries(SCRIPTS)) await script(from, to, name, entry);
  await cp(fileURLToPath(LICENSE), join(to, `${LIBRARY}.LICENSE.txt`));
  await declarations(from, to);
}

/** Loaded by themselves: the core, and all widgets, which pages import when they ask. */
const WHOLE = ["index", "widgets/all"];

/**
 * What stands alone is minified as a whole, which makes it smaller than a bundler would. The rest
 * shares what it can, and its names stay long: the user's own bundler minifies.
 */
async function modules(from, to) {
  for (const name of WHOLE) {
    const plugins = [nodeResolve(), squeezed];
    const whole = await rollup({ input: join(from, `${name}.js`), plugins });
    await whole.write({ file: join(to, `${name}.js`), format: "es", plugins: minify });
    await whole.close();
  }
  const all = [...ENTRIES, ...(await instruments(from)), ...(await widgets(from))];
  const entries = all.filter((name) => !WHOLE.includes(name));
  const input = Object.fromEntries(entries.map((name) => [name, join(from, `${name}.js`)]));
  // Loaded when they are asked for: the same files as for whoever imports them.
  const whole = new Set(WHOLE.map((name) => join(from, `${name}.js`)));
  const external = (id) => whole.has(id);
  const build = await rollup({ input, external, plugins: [nodeResolve(), squeezed] });
  await build.write({ dir: to, format: "es", chunkFileNames: "chunks/[name].js", banner });
  await build.close();
}

/** Styles are texts, which no minifier of scripts makes smaller. */
const squeezed = {
  name: "squeezed",
  transform(code, id) {
    if (!/[\\/](?:survey|widgets)[\\/]/.test(id)) return null;
    const styles = /(?<=^(?:export )?const [A-Z]+ = )`[^`]*`/gm;
    return { code: code.replace(styles, squeeze), map: null };
  },
};

/** A space before a colon or a bracket may mean a descendant; those after them never do. */
function squeeze(css) {
  return css
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,>~]) ?|(:|`) | (?=`)/g, "$1$2")
    .replaceAll(";}", "}");
}

/** @param {string} folder What `tsc` wrote, or the built package. @returns names such as `auto/page-views`. */
export function instruments(folder) {
  return entriesIn(folder, "auto");
}

/** @param {string} folder As above. @returns names such as `widgets/nps`. */
export function widgets(folder) {
  return entriesIn(folder, "widgets");
}

async function entriesIn(folder, part) {
  const files = await readdir(join(folder, part));
  return files
    .filter((file) => /^[a-z-]+\.js$/.test(file))
    .map((file) => `${part}/${file.slice(0, -3)}`)
    .toSorted();
}

async function script(from, to, name, entry) {
  const build = await rollup({ input: join(from, `${entry}.js`), plugins: [nodeResolve()] });
  const file = join(to, `${name}.js`);
  await build.write({ file, format: "iife", strict: false, plugins: minify, banner });
  await build.close();
}

function banner({ moduleIds }) {
  return moduleIds.some((id) => id.includes(`/node_modules/${LIBRARY}/`)) ? NOTICE : "";
}

/** Those of `SCHEMA_TYPES` become the contract itself, so that no private package is named. */
async function declarations(from, to) {
  for (const file of await readdir(from, { recursive: true })) {
    if (!file.endsWith(".d.ts") || /\.test(-d)?\.d\.ts$|^testing/.test(file)) continue;
    await mkdir(dirname(join(to, file)), { recursive: true });
    const contract = SCHEMA_TYPES[file];
    if (contract === undefined) await cp(join(from, file), join(to, file));
    else
      await writeFile(
        join(to, file),
        (await contractOf(contract))
          .replaceAll("survey-types.js", "survey.js")
          .replaceAll("./types.js", "./wire.js"),
      );
  }
  for (const [name, entry] of Object.entries(SCRIPTS)) {
    await cp(join(from, `${entry}.d.ts`), join(to, `${name}.d.ts`));
  }
}

function contractOf(file) {
  return readFile(new URL(file, SCHEMA), "utf8");
}

/** `node scripts/bundle.mjs [from to]`; without arguments the package's own dist. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const dist = fileURLToPath(new URL("../dist", import.meta.url));
  const [from = join(dist, "tsc"), to = dist] = process.argv.slice(2);
  if (to === dist) {
    for (const file of await readdir(dist)) {
      if (file !== "tsc") await rm(join(dist, file), { recursive: true });
    }
  }
  await bundle(from, to);
}
