import { resolve } from "node:path";
import { readRules } from "../alerts/file.js";
import { readState } from "../alerts/state.js";
import type { Settings } from "../config.js";
import { explain } from "../explain.js";
import { failure, type Finding, ok, warning } from "../finding.js";
import { readTargets } from "../query/targets-file.js";

/** Milliseconds after which an alert that was not taken hints at a receiver that is not there. */
const LATE = 3_600_000;

/** The rules of alerts, and what waits to be sent. */
export async function checkAlerts(
  { BALISE_ALERTS: path, BALISE_ALERTS_URL: url }: Settings,
  dataDir: string,
  now: number = Date.now(),
): Promise<Finding[]> {
  const check = "alerts";
  if (path === undefined) return [ok(check, "none: no rules are watched")];
  try {
    const rules = await readRules(resolve(path));
    const { waiting } = await readState(dataDir);
    const is = `${rules.length} ${rules.length === 1 ? "rule" : "rules"}, ${waiting.length} to be sent`;
    if (waiting.every(({ since }) => now - since <= LATE)) return [ok(check, is)];
    const host = url === undefined ? "the receiver" : new URL(url).host;
    return [warning(check, `${is}, one for more than an hour`, `look whether ${host} takes them`)];
  } catch (error) {
    return [failure(check, explain(error), "correct it: the collector does not start with it")];
  }
}

/** The targets: there and readable. */
export async function checkTargets({ BALISE_TARGETS: path }: Settings): Promise<Finding[]> {
  const check = "targets";
  if (path === undefined) return [ok(check, "none")];
  try {
    return [ok(check, String((await readTargets(resolve(path))).length))];
  } catch (error) {
    return [failure(check, explain(error), "correct it: the collector does not start with it")];
  }
}
