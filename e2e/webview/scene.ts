import {
  createWebviewEvents,
  type WebviewEvents,
} from "../../examples/webview/react-native/webview-events.js";
import { servePage } from "../../examples/webview/server.mjs";
import { until } from "../../packages/collector/dist/testing/until.js";
import { sql } from "../support/ask.js";
import type { Collector } from "../support/collector.js";
import type { App, Hear } from "./app.js";

/** What the page said to the app. */
interface Said {
  type: string;
  id: string;
  count: number;
  events: string;
}

/** An app that shows the example's page, and what became of the page's events. */
export interface Scene {
  app: App;
  /** Address of the page; it is an origin of its own, so that nothing is stored there yet. */
  page: string;
  said: Said[];
  /** The batches among it. */
  batches: () => Said[];
  /** Shows the page, and resolves when its tag listens. */
  open: (tail?: string) => Promise<void>;
  /** The app answers so from now on; before, it says nothing. */
  listen: (hear: Hear) => void;
  click: (control: "renew" | "documents") => Promise<unknown>;
  /** Events that wait in the page's outbox. */
  waiting: () => Promise<unknown>;
  /** What is stored of the page: name → number of events, each counted once. */
  stored: () => Promise<Record<string, number>>;
  /** Distinct values of this column among them. */
  values: (column: string) => Promise<string[]>;
  close: () => Promise<void>;
}

/** `host`: where the page sends what the app does not take. */
export async function openScene(
  app: App,
  collector: Collector,
  host = collector.url,
): Promise<Scene> {
  const site = await servePage({ host, key: collector.keys.writeKey });
  const said: Said[] = [];
  const listen = (hear: Hear): void =>
    app.listen((text) => {
      said.push(JSON.parse(text));
      return hear(text);
    });
  listen(async () => undefined);
  const select = <Row>(what: string, tail = ""): Promise<Row[]> =>
    sql<Row>(collector, `SELECT ${what} FROM events WHERE page_url LIKE '${site.url}/%' ${tail}`);
  return {
    app,
    page: `${site.url}/`,
    said,
    async open(tail = "") {
      await app.open(`${site.url}/${tail}`);
      await until(() => app.evaluate("!!window.baliseReceive").then(Boolean), 20_000);
    },
    batches: () => said.filter(({ type }) => type === "batch"),
    listen,
    click: (control) =>
      app.evaluate(`document.querySelector('[data-testid="${control}"]').click()`),
    waiting: () =>
      app.evaluate(`Object.keys(localStorage).filter((key) => key.includes(".outbox.")).length`),
    async stored() {
      const rows = await select<{ name: string; n: string }>(
        "name, toString(uniqExact(id)) AS n",
        "GROUP BY name",
      );
      return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]));
    },
    async values(column) {
      const rows = await select<{ value: string }>(`DISTINCT toString(${column}) AS value`);
      return rows.map(({ value }) => value).toSorted();
    },
    close: () => site.close(),
  };
}

/** The example's code for apps, over a store in memory. */
export function keepingApp(collector: Collector): WebviewEvents & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const store = {
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
  };
  const { writeKey } = collector.keys;
  return { kept, ...createWebviewEvents({ host: collector.url, writeKey, store }) };
}
