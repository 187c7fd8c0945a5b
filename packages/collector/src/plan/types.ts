import { type Plan, type PlannedProperty, plannedProperties } from "@balise/schema";

/** What TypeScript calls the types of a plan. */
const WRITTEN = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  array: "readonly unknown[]",
  object: "Readonly<Record<string, unknown>>",
} as const satisfies Record<PlannedProperty["type"], string>;

const WORD = /^[A-Za-z_$][\w$]*$/;

/** The plan as the event map of `createTag<Events>()`; `source` is the file's name. */
export function planTypes(plan: Plan, source: string): string {
  const events = Object.entries(plan.events).map(([name, event]) => {
    const told = comment([event.description, event.goal === true ? "A goal." : undefined], "  ");
    const properties = plannedProperties(event);
    if (properties.length === 0) return `${told}  ${keyOf(name)}: undefined;\n`;
    const lines = properties.map((property) => {
      const described = event.properties?.[property.key];
      const about = typeof described === "object" ? described.description : undefined;
      const mark = property.optional ? "?" : "";
      return `${comment([about], "    ")}    ${keyOf(property.key)}${mark}: ${typeOf(property)};\n`;
    });
    return `${told}  ${keyOf(name)}: {\n${lines.join("")}  };\n`;
  });
  return `// Written by \`balise plan types\` from ${oneLine(source)}: change that, and write this anew.\n\nexport interface Events {\n${events.join("")}}\n`;
}

function keyOf(name: string): string {
  return WORD.test(name) ? name : JSON.stringify(name);
}

function typeOf({ type, values }: PlannedProperty): string {
  if (values === undefined) return WRITTEN[type];
  return [...values].map((value) => JSON.stringify(value)).join(" | ");
}

function comment(parts: readonly (string | undefined)[], indent: string): string {
  const text = parts.filter((part) => part !== undefined).join(" ");
  return text === "" ? "" : `${indent}/** ${oneLine(text).replaceAll("*/", "*∕")} */\n`;
}

/** A line end of any kind would end a comment that is one line. */
const oneLine = (text: string): string => text.replace(/\s+/gu, " ").trim();
