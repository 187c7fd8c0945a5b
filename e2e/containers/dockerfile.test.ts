/** The Dockerfile, as it is written. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contextOf } from "./context.js";
import { readDockerfile } from "./dockerfile.js";

const ROOT = join(import.meta.dirname, "../..");

const stages = readDockerfile(join(ROOT, "Dockerfile"));

test("copies only what is in the repository and not left out by .dockerignore", () => {
  const context = contextOf(ROOT);
  const sources = stages
    .flatMap(({ steps }) => steps)
    .filter(({ keyword, flags }) => keyword === "COPY" && flags["from"] === undefined)
    .flatMap(({ words }) => words.slice(0, -1));
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources) {
    expect([source, existsSync(join(ROOT, source)), context.holds(source)]).toEqual([
      source,
      true,
      true,
    ]);
  }
});

test("sees no keys, no data, no history and no packages of the host", () => {
  const { holds } = contextOf(ROOT);
  const hidden = [".env", ".git/config", ".balise/keys.json", "packages/collector/.balise/x"];
  for (const path of [...hidden, "packages/collector/node_modules/x", "packages/sdk/dist/x.js"])
    expect([path, holds(path)]).toEqual([path, false]);
});

test("pins the version of Node, and runs nothing in the stages that become images", () => {
  expect(stages[0]?.from).toMatch(/^node:20\.\d+\.\d+-bookworm-slim$/);
  for (const name of ["runtime", "slim", "embedded"]) {
    const stage = stages.find((one) => one.name === name);
    expect(stage?.steps.map(({ keyword }) => keyword)).not.toContain("RUN");
    expect(stage?.steps.map(({ keyword }) => keyword)).toContain("COPY");
  }
});
