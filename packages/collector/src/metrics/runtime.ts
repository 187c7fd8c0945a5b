import { collectDefaultMetrics, Gauge, type Registry } from "prom-client";
import { versionOf } from "../version.js";

/** Gauges whose names end like counters, which `promtool check metrics` refuses. */
const MISNAMED = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

/** The process and its version. */
export function runtimeMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const build = new Gauge({
    name: "balise_build_info",
    help: "1, with the version of the collector and of Node as labels.",
    labelNames: ["version", "node"],
    registers: [registry],
  });
  build.set({ version: versionOf(), node: process.versions.node }, 1);
}
