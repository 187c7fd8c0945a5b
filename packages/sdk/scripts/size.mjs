/** Prints the gzip bytes of what a user downloads, and fails past a budget. */
import { join } from "node:path";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { rollup } from "rollup";

/** What a user writes → most gzip bytes that it may cost. */
export const BUDGETS = {
  'import { createTag } from "@balise/sdk"': 6400,
  'import { pageViews } from "@balise/sdk/auto/page-views"': 600,
  "balise.js": 6912,
  "stub.js": 512,
};

/** @param {string} dist The built package. @returns gzip bytes by what a user writes. */
export async function sizes(dist) {
  const found = {};
  for (const line of Object.keys(BUDGETS)) {
    const code = line.startsWith("import") ? await bundled(line, dist) : await read(dist, line);
    found[line] = gzipSync(code, { level: 9 }).length;
  }
  return found;
}

/** As a user's bundler does it: only what the line needs, minified. */
async function bundled(line, dist) {
  const [, name, path = "index"] = /\{ (\w+) \} from "@balise\/sdk\/?([^"]*)"/.exec(line) ?? [];
  const file = join(dist, `${path || "index"}.js`);
  const source = `export { ${name} } from ${JSON.stringify(file)};`;
  const virtual = {
    name: "virtual",
    resolveId: (id) => (id === "user" ? id : null),
    load: (id) => (id === "user" ? source : null),
  };
  const build = await rollup({ input: "user", plugins: [virtual, nodeResolve()] });
  const { output } = await build.generate({ format: "es", plugins: [terser({ ecma: 2020 })] });
  await build.close();
  return output[0].code;
}

function read(dist, file) {
  return readFile(join(dist, file));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const found = await sizes(fileURLToPath(new URL("../dist", import.meta.url)));
  for (const [line, bytes] of Object.entries(found)) {
    const over = bytes > BUDGETS[line];
    process.stdout.write(
      `${String(bytes).padStart(6)} of ${BUDGETS[line]} ${over ? "OVER" : "ok  "} ${line}\n`,
    );
    if (over) process.exitCode = 1;
  }
}
