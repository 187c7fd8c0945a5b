import { expand } from "./macros.js";

/**
 * Puts parts in the place of `{{names}}`, at the indentation of the place, and the expressions of
 * `parts/macros.sql` in that of `{{name(argument, …)}}`. A line of nothing but empty parts goes.
 * @throws Error for a name without a part: a part that is empty must be said to be.
 */
export function render(template: string, parts: Readonly<Record<string, string>>): string {
  return expand(template)
    .split("\n")
    .flatMap((line) => {
      if (!line.includes("{{")) return [line];
      const [indent = ""] = /^[ \t]*/.exec(line) ?? [];
      const full = line.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => {
        const part = parts[name];
        if (part === undefined) throw new Error(`no part for {{${name}}}`);
        return part.replaceAll("\n", `\n${indent}`);
      });
      return full.trim() === "" ? [] : [full];
    })
    .join("\n");
}
