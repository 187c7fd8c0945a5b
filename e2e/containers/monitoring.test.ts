/** Prometheus' alerts and Grafana's dashboard: they ask for numbers that a collector has. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { findPrometheus } from "../../scripts/prometheus.mjs";
import { startCollector } from "../support/collector.js";
import { testFolder } from "../support/folder.js";
import { readCompose, variablesOf } from "./compose.js";

const DEPLOY = join(import.meta.dirname, "../../deploy");
const FILLED = Object.fromEntries(
  variablesOf(join(DEPLOY, "../docker-compose.yml")).map(({ name }) => [name, "x"]),
);
const PROMETHEUS = join(DEPLOY, "prometheus");

const dashboard = z
  .object({
    uid: z.string(),
    panels: z.array(
      z.object({
        id: z.number(),
        title: z.string(),
        description: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        datasource: z.object({ uid: z.string() }),
        targets: z.array(z.object({ refId: z.string(), expr: z.string() })).min(1),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(DEPLOY, "grafana/dashboards/balise.json"), "utf8")));

const rules = z
  .object({ groups: z.array(z.object({ rules: z.array(z.object({ expr: z.string() })) })) })
  .parse(parse(readFileSync(join(PROMETHEUS, "alerts.yml"), "utf8")));

/** The dashboard's questions, with what Grafana fills in. */
const asked = dashboard.panels
  .flatMap(({ targets }) => targets)
  .map(({ expr }) => expr.replaceAll("$__rate_interval", "5m").replaceAll("$instance", ".*"));

const namesIn = (expression: string): string[] =>
  expression.match(/\b(?:balise|process|nodejs)_\w+/g) ?? [];

function promtool(...args: string[]): string {
  return execFileSync(findPrometheus().promtool, args, { cwd: PROMETHEUS, encoding: "utf8" });
}

test("every number that the dashboard and the alerts ask for is one that a collector tells", async () => {
  const collector = await startCollector(testFolder());
  onTestFinished(async () => void (await collector.end("SIGTERM")));
  const text = await (await fetch(`${collector.url}/metrics`)).text();
  const told = new Set([...text.matchAll(/^(\w+)[{ ]/gm)].map(([, name]) => name));
  const expressions = [
    ...asked,
    ...rules.groups.flatMap((group) => group.rules.map((rule) => rule.expr)),
  ];
  const names = new Set(expressions.flatMap(namesIn));
  expect(names.size).toBeGreaterThan(15);
  expect([...names].filter((name) => !told.has(name))).toEqual([]);
});

test("Prometheus takes the configuration and the alerts, which fire when they are to", () => {
  expect(promtool("check", "config", "prometheus.yml")).toContain("SUCCESS");
  expect(promtool("test", "rules", "alerts.test.yml")).toContain("SUCCESS");
});

test("Prometheus understands every question of the dashboard", () => {
  const file = join(testFolder(), "dashboard.yml");
  const recorded = asked.map((expr, at) => ({ record: `dashboard:${at}`, expr }));
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: recorded }] }));
  expect(promtool("check", "rules", file)).toContain(`${asked.length} rules found`);
});

test("the dashboard's panels lie beside each other, each with its own id and its meaning", () => {
  const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  for (const { title, description, gridPos } of dashboard.panels) {
    expect([title, gridPos.x + gridPos.w <= 24, description !== ""]).toEqual([title, true, true]);
  }
});

test("Prometheus, Grafana and the compose file agree on addresses and folders", () => {
  const { services } = readCompose(join(DEPLOY, "../docker-compose.yml"), FILLED);
  const read = (path: string): unknown => parse(readFileSync(join(DEPLOY, path), "utf8"));
  expect(Object.keys(services)).toEqual(expect.arrayContaining(["collector", "prometheus"]));
  expect(read("prometheus/prometheus.yml")).toMatchObject({
    scrape_configs: [{ static_configs: [{ targets: ["collector:8787"] }] }],
  });
  expect(read("grafana/provisioning/datasources/prometheus.yml")).toMatchObject({
    datasources: [{ uid: "prometheus", url: "http://prometheus:9090" }],
  });
  expect(new Set(dashboard.panels.map(({ datasource }) => datasource.uid))).toEqual(
    new Set(["prometheus"]),
  );
  const { providers } = z
    .object({ providers: z.array(z.object({ options: z.object({ path: z.string() }) })) })
    .parse(read("grafana/provisioning/dashboards/balise.yml"));
  for (const { options } of providers)
    expect(services["grafana"]?.volumes).toContain(
      `./deploy/grafana/dashboards:${options.path}:ro`,
    );
});
