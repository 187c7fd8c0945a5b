import { readJsonFile } from "../json-file.js";
import { QUERIES } from "../query/registry.js";
import { checkRules, type Rule, ruleFileSchema } from "./rules.js";

/** Where rules are looked for that nobody names. */
export const USUAL_RULES = "balise.alerts.json";

/**
 * The rules of `balise.alerts.json`.
 * @throws StartError that names the file, the rule and its field.
 */
export const readRules = (path: string): Promise<Rule[]> =>
  readJsonFile(path, (json) => checkRules(ruleFileSchema.parse(json), (name) => QUERIES.get(name)));
