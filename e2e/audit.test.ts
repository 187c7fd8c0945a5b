import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "../scripts/audit.mjs");

/** What a registry answers that knows of holes of these severities. */
function holes(...severities: string[]): object {
  const counts: Record<string, number> = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 };
  for (const severity of severities) counts[severity] = (counts[severity] ?? 0) + 1;
  const advisories = severities.map((severity, id) => [
    id,
    {
      id,
      severity,
      module_name: "fastify",
      title: "A hole",
      url: "https://example.org/hole",
      findings: [{ version: "1.0.0", paths: [".>fastify"] }],
      vulnerable_versions: "*",
      patched_versions: "*",
    },
  ]);
  return {
    actions: [],
    advisories: Object.fromEntries(advisories),
    muted: [],
    metadata: { vulnerabilities: counts, dependencies: 1, totalDependencies: 1 },
  };
}

/** The exit code and the words of an audit that asks a registry with this answer. */
async function audit(answer: object | undefined): Promise<{ code: unknown; words: string }> {
  const registry = createServer((request, response) => {
    request.resume();
    response.statusCode = answer === undefined ? 405 : 200;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void registry.close());
  const address = registry.address();
  const port = typeof address === "object" ? address?.port : 0;
  const child = spawn(process.execPath, [SCRIPT, `--registry=http://127.0.0.1:${port}/`]);
  const words = text(child.stderr);
  const [code] = await once(child, "exit");
  return { code, words: await words };
}

test("an audit fails for a grave hole alone, and says which", async () => {
  expect(await audit(holes())).toMatchObject({ code: 0 });
  expect(await audit(holes("moderate", "low"))).toMatchObject({ code: 0 });
  const grave = await audit(holes("low", "high"));
  expect(grave.code).toBe(1);
  expect(grave.words).toContain("high: fastify: A hole (https://example.org/hole)");
  expect(grave.words).not.toContain("low:");
});

test("an audit that the registry does not answer is told apart", async () => {
  const { code, words } = await audit(undefined);
  expect(code).toBe(2);
  expect(words).toContain("could not be checked");
});
