// npm test: everything that must be true, on a fresh clone. Ends with "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./chromium.mjs";
import { findFirefox, FIREFOX_REMEDY } from "./firefox.mjs";
import { findPrometheus } from "./prometheus.mjs";
import { findWebview, WEBVIEW_REMEDY } from "./webview.mjs";
import { findWebKit, WEBKIT_REMEDY } from "./webkit.mjs";
import { prepareWorkspace, requireNode, ROOT, say } from "./workspace.mjs";

requireNode();
prepareWorkspace({ examples: true });
process.env.CHROMIUM_PATH = await findChromium();
say(`Chromium: ${process.env.CHROMIUM_PATH}`);
process.env.PROMETHEUS = findPrometheus().prometheus;
say(`Prometheus: ${process.env.PROMETHEUS}`);
// Chromium and Prometheus are to be had everywhere; these are not.
const missing = [
  ...(findFirefox() ? [] : [`Firefox: ${FIREFOX_REMEDY}`]),
  ...(findWebKit() ? [] : [`WebKit: ${WEBKIT_REMEDY}`]),
  ...(findWebview() ? [] : [`WebKit's webview: ${WEBVIEW_REMEDY}`]),
];
const sayWhatIsMissing = () => missing.forEach((line) => say(`NOT RUN in ${line}`));
sayWhatIsMissing();

const bin = (name) => join(ROOT, "node_modules", ".bin", name);
const reports = mkdtempSync(join(tmpdir(), "balise-test-"));
const report = join(reports, "vitest.json");
let passed = 0;
let failed = 0;

/** @type {[string, string, string[]][]} */
const CHECKS = [
  ["types", bin("tsc"), ["-b"]],
  ["lint", bin("oxlint"), ["--type-aware", "--deny-warnings"]],
  ["format", bin("oxfmt"), ["--check"]],
  ["unused code", bin("knip"), []],
  ["dependency audit", process.execPath, ["scripts/audit.mjs"]],
];
for (const [name, command, args] of CHECKS) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit" });
  // Of an audit: the registry did not answer, which is no fault of the code.
  const unknown = name === "dependency audit" && status === 2;
  say(`${name}: ${status === 0 ? "ok" : unknown ? "not checked" : "FAILED"}`);
  if (unknown) continue;
  if (status === 0) passed += 1;
  else failed += 1;
}

const vitest = spawnSync(
  bin("vitest"),
  [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: ROOT,
    stdio: "inherit",
  },
);
try {
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  failed += result.numFailedTests;
  const brokenFiles = result.testResults.filter(
    (file) =>
      file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  );
  failed += brokenFiles.length;
  const skipped = result.numTotalTests - result.numPassedTests - result.numFailedTests;
  if (skipped > 0) {
    say(`${skipped} tests did not run`);
    failed += skipped;
  }
} catch {
  failed += 1;
}
if (vitest.status !== 0 && failed === 0) failed += 1;
rmSync(reports, { recursive: true, force: true });
sayWhatIsMissing();
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
