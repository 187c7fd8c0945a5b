import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

const here = new URL(".", import.meta.url);
const read = (path) => readFileSync(new URL(path, here), "utf8");

/** The stylesheets in the order of their numbers, without comments and indentation. */
function stylesheet() {
  return readdirSync(new URL("styles/", here))
    .filter((name) => name.endsWith(".css"))
    .toSorted()
    .map((name) => read(`styles/${name}`))
    .join("\n")
    .replaceAll(/\/\*[\s\S]*?\*\//g, "")
    .replaceAll(/^\s+|\s+$/gm, "")
    .replaceAll(/\n+/g, "\n");
}

const version = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);

/**
 * Writes index.html, app.css and the icon beside app.js. The page names both files with a hash
 * of their content, so that a browser never keeps an old script beside a new page.
 */
function page() {
  return {
    name: "page",
    generateBundle(_options, bundle) {
      const css = stylesheet();
      const html = read("static/index.html")
        .replace("app.css", `app.css?v=${version(css)}`)
        .replace("app.js", `app.js?v=${version(bundle["app.js"].code)}`);
      this.emitFile({ type: "asset", fileName: "app.css", source: css });
      this.emitFile({ type: "asset", fileName: "icon.svg", source: read("static/icon.svg") });
      this.emitFile({ type: "asset", fileName: "index.html", source: html });
    },
  };
}

export default {
  input: "build/main.js",
  output: { dir: "dist", entryFileNames: "app.js", format: "es", inlineDynamicImports: true },
  plugins: [resolve(), terser({ module: true, compress: { passes: 2 } }), page()],
};
