import { sqlFile } from "./sql-file.js";

interface Macro {
  parameters: readonly string[];
  body: string;
}

let known: ReadonlyMap<string, Macro> | undefined;

/** The expressions of `sql/parts/macros.sql`. */
function macros(): ReadonlyMap<string, Macro> {
  known ??= new Map(
    sqlFile("parts/macros")
      .split(/\n\n+/)
      .flatMap((block): [string, Macro][] => {
        const [, name, parameters] = /^-- (\w+)\(([\w, ]+)\): /.exec(block) ?? [];
        if (name === undefined || parameters === undefined) return [];
        const body = block.replace(/^--.*\n/gm, "").trim();
        return [[name, { parameters: parameters.split(", "), body }]];
      }),
  );
  return known;
}

/**
 * Puts the shared expressions in the place of `{{name(argument, …)}}`.
 * @throws Error for a name or a number of arguments that there is not.
 */
export function expand(text: string): string {
  // Arguments may hold calls and braces of parameters, but no further macro.
  return text.replace(
    /\{\{(\w+)\(((?:(?!\{\{|\}\}).)*)\)\}\}/g,
    (_match, name: string, given: string) => {
      const macro = macros().get(name);
      if (macro === undefined) {
        throw new Error(`no macro {{${name}(…)}}; there are ${[...macros().keys()].join(", ")}`);
      }
      const values = splitArguments(given);
      if (values.length !== macro.parameters.length) {
        throw new Error(`{{${name}(${given})}} takes ${macro.parameters.join(", ")}`);
      }
      const body = macro.body.replace(/\$(\w+)/g, (_place, parameter: string) => {
        const value = values[macro.parameters.indexOf(parameter)];
        if (value === undefined) throw new Error(`$${parameter} is no parameter of ${name}`);
        return /^\w+$/.test(value) ? value : `(${value})`;
      });
      return expand(body);
    },
  );
}

/** Commas within brackets divide nothing. */
function splitArguments(text: string): string[] {
  const values: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if ("([{".includes(char)) depth += 1;
    else if (")]}".includes(char)) depth -= 1;
    else if (char === "," && depth === 0) {
      values.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...values, text.slice(start).trim()];
}
