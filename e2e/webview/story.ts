import { expect } from "vitest";
import type { Collector } from "../support/collector.js";
import type { App } from "./app.js";
import { openScene, type Scene } from "./scene.js";

/** What an app and a page live through together. */
export type Story = (app: App, collector: Collector) => Promise<void>;

export const READY = { balise: 1, type: "ready", can: ["batch"] };

/** Where nobody answers: what is stored of a page that sends there came through the app. */
export const NOWHERE = "http://127.0.0.1:9";

/** Asks again until it is so. */
export async function becomes<T>(ask: () => T | Promise<T>, value: unknown): Promise<void> {
  await expect.poll(ask, { timeout: 20_000, interval: 100 }).toEqual(value);
}

/** `host`: where the page's own requests go, if not to the collector. */
export function story(
  tell: (scene: Scene, collector: Collector) => Promise<void>,
  host?: string,
): Story {
  return async (app, collector) => {
    const scene = await openScene(app, collector, host);
    try {
      await tell(scene, collector);
    } finally {
      await scene.close();
    }
  };
}
