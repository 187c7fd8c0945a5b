/** A user who reads an option in the editor sees what happens without it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const DIST = join(import.meta.dirname, "../../packages/sdk/dist");

/** `Interface.property` of each optional property, with its comment. */
function optionals(declarations: string): [string, string][] {
  const interfaces = declarations.matchAll(/^export interface (\w*Options) .*?^}/gms);
  return [...interfaces].flatMap(([body, name]) => {
    const properties = body.matchAll(/(\/\*\*(?:(?!\*\/).)*\*\/)?\s*(?:readonly )?(\w+)\?:/gs);
    return [...properties].map(([, comment = "", property]): [string, string] => [
      `${name}.${property}`,
      comment,
    ]);
  });
}

test("every option that may be left out tells its default", () => {
  const files = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".d.ts") && !file.startsWith("tsc"),
  );
  const found = files.flatMap((file) => optionals(readFileSync(join(DIST, file), "utf8")));
  expect(found.map(([option]) => option)).toContain("TagOptions.consent");
  expect(found.filter(([, comment]) => !/@default \S/.test(comment))).toEqual([]);
});
