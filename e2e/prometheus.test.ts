import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { accepted, postBatch } from "./support/ask.js";
import { startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { testFolder } from "./support/folder.js";
import { promtool, startPrometheus } from "./support/prometheus.js";

const rules = readFileSync(join(import.meta.dirname, "../deploy/prometheus/alerts.yml"), "utf8");

test("a Prometheus reads what was sent from a collector, and computes the alerts", async () => {
  const folder = testFolder();
  const collector = await startCollector(folder);
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  await accepted(collector, [makeEvent(), makeEvent(), makeEvent()]);
  await postBatch(collector, [makeEvent(), { ...makeEvent(), id: "none" }]);
  await postBatch({ ...collector, keys: { ...collector.keys, writeKey: "wrong" } }, []);
  const prometheus = await startPrometheus(folder, collector.url, rules);

  const ask = (query: string) => (): Promise<Record<string, number>> => prometheus.ask(query);
  const patience = { timeout: 20_000 };
  await expect.poll(ask("balise_events_accepted_total"), patience).toEqual({ "": 4 });
  await expect
    .poll(ask("balise_rows_inserted_total > 0"), patience)
    .toEqual({ "table=events": 4, "table=rejected_events": 1 });
  expect(await prometheus.targets()).toMatchObject([{ health: "up", lastError: "" }]);
  expect(await prometheus.ask("up")).toEqual({ "": 1 });
  expect(await prometheus.ask("balise_events_rejected_total > 0")).toEqual({
    "code=invalid_id": 1,
  });
  expect(await prometheus.ask("balise_responses_refused_total > 0")).toEqual({
    "code=unknown_key": 1,
  });
  expect(await prometheus.ask("balise_acknowledgement_seconds_count")).toEqual({ "": 2 });
  const inserts = await prometheus.ask('balise_inserts_total{table="events"}');
  expect(await prometheus.ask("balise_event_freshness_seconds_count")).toEqual({
    "": inserts["table=events"],
  });
  expect(await prometheus.ask("balise_insert_rows_sum")).toEqual({ "": 5 });
  expect(await prometheus.ask("balise_spool_bytes < balise_spool_limit_bytes")).not.toEqual({});
  expect(await prometheus.ask("balise_drain_lag_seconds < 60")).not.toEqual({});
  expect(Object.keys(await prometheus.ask("balise_build_info"))[0]).toMatch(
    /^node=\d+\.\d+\.\d+,version=\d+\.\d+\.\d+$/,
  );

  await expect
    .poll(async () => (await prometheus.alerts()).filter(({ health }) => health !== "ok"), patience)
    .toEqual([]);
  const alerts = await prometheus.alerts();
  expect(alerts.length).toBeGreaterThan(5);
  expect(alerts.filter(({ state }) => state === "firing")).toEqual([]);
});

test("promtool has nothing to say against the metrics", async () => {
  const collector = await startCollector(testFolder());
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  const metrics = await (await fetch(`${collector.url}/metrics`)).text();
  expect(metrics).toContain("# TYPE balise_events_accepted_total counter");
  expect(promtool(["check", "metrics"], metrics)).toBe("");
});
