import { readdirSync, readFileSync } from "node:fs";

const PACKAGE = new URL("../../packages/sdk/", import.meta.url);

/** Names of all instruments, such as `page-views`. Needs the built tag. */
export function instruments(): string[] {
  return readdirSync(new URL("dist/auto", PACKAGE))
    .filter((file) => file.endsWith(".js"))
    .map((file) => file.slice(0, -".js".length))
    .toSorted();
}

/** The other entry points that pages import, such as `webview`. */
export function otherEntries(): string[] {
  const manifest = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8")) as {
    exports: Record<string, unknown>;
  };
  return Object.keys(manifest.exports)
    .filter((entry) => /^\.\/[\w-]+$/.test(entry))
    .map((entry) => entry.slice("./".length));
}

/** The source of an adapter that starts these instruments too, and brings these entry points. */
export function baliseWith(names: readonly string[], entries: readonly string[] = []): string {
  const lines = names.map(
    (name) => `import { ${camelCase(name)} } from "@balise/sdk/auto/${name}";`,
  );
  const kept = entries.map((entry) => `export * from "@balise/sdk/${entry}";`);
  return `
import { createTag } from "@balise/sdk";
${[...lines, ...kept].join("\n")}
let tag;
export function start(host, key) {
  tag = createTag({ key, host });
  ${names.map((name) => `${camelCase(name)}(tag);`).join("\n  ")}
}
export function track(name, properties) {
  tag.track(name, properties);
}
`;
}

function camelCase(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
