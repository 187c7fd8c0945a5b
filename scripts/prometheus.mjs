// Finds a Prometheus for the tests: a path given, one of the system, or one installed now.
import { dirname, join } from "node:path";
import { aptGet, givenProgram, isProgram, pathsOf } from "./programs.mjs";
import { say } from "./workspace.mjs";

/** Paths of `prometheus` and its `promtool`; installs Debian's package where there is none. */
export function findPrometheus() {
  const found = lookUp();
  if (found !== undefined) return found;
  say("no Prometheus found: installing one for the tests");
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", "prometheus");
  const installed = lookUp();
  if (installed !== undefined) return installed;
  process.stderr.write(
    "balise: the tests need a Prometheus: install one, or set PROMETHEUS to its program\n",
  );
  return process.exit(1);
}

function lookUp() {
  const candidates = [givenProgram("PROMETHEUS"), ...pathsOf(["prometheus"])];
  const prometheus = candidates.find((path) => path !== undefined && isProgram(path));
  if (prometheus === undefined) return undefined;
  const beside = join(dirname(prometheus), "promtool");
  const promtool = [beside, ...pathsOf(["promtool"])].find(isProgram);
  return promtool === undefined ? undefined : { prometheus, promtool };
}
