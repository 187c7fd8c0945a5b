import { fileURLToPath } from "node:url";
import { type OutputChunk, type Plugin, rollup } from "rollup";
import { reading, writing } from "./plugins.mjs";
import type { TagName } from "./tags.js";

/** One file that a page loads. */
export interface Chunk {
  fileName: string;
  code: string;
  /** Loaded with the page; the others come when the tag asks for them. */
  first: boolean;
}

/** The file that a page imports `start(url, key)` and `track(name, properties)` from. */
export const ENTRY = "main.js";

/** A file beside the adapters, which finds what they find. */
const BESIDE = fileURLToPath(new URL("adapters/source.js", import.meta.url));

/**
 * The tag with its adapter as a user's production build makes it: ES modules, only what is used,
 * minified. Needs `installPeers()` before, and the built tag of Balise.
 */
export function bundleTag(tag: TagName): Promise<Chunk[]> {
  return bundleSource(`export * from "./${tag}.js";`);
}

/** The same for the source of an adapter. */
export async function bundleSource(source: string): Promise<Chunk[]> {
  const build = await rollup({
    input: { main: BESIDE },
    plugins: [virtual(source), ...reading()],
    onLog: () => undefined,
  });
  const { output } = await build.generate({
    format: "es",
    chunkFileNames: "[name]-[hash].js",
    plugins: writing(),
  });
  await build.close();
  const chunks = output.filter((file) => file.type === "chunk");
  const first = firstOf(chunks);
  return chunks.map(({ fileName, code }) => ({ fileName, code, first: first.has(fileName) }));
}

function virtual(source: string): Plugin {
  return {
    name: "source",
    resolveId: (id) => (id === BESIDE ? id : null),
    load: (id) => (id === BESIDE ? source : null),
  };
}

/** The entry and what it imports, directly or not. */
function firstOf(chunks: readonly OutputChunk[]): Set<string> {
  const found = new Set([ENTRY]);
  for (const name of found) {
    for (const next of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) {
      found.add(next);
    }
  }
  return found;
}
