import type { Delivery } from "./delivery.js";
import type { Outbox } from "./outbox.js";
import type { Platform } from "./platform.js";
import type { Tabs } from "./tabs.js";

/** A page that was just left may still hold its lock when the next one starts. */
const SECOND_LOOK_MS = 3000;

/** Ties delivery to the life of the page: hidden, left, frozen, back, offline, online. */
export function followPage(
  { window, document, after }: Platform,
  outbox: Outbox,
  delivery: Delivery,
  tabs: Tabs,
): void {
  // Sent at once, so that the answer comes while this page lives: else a visitor who clicks
  // through quickly would carry, and send, ever more from page to page.
  const adopt = (): void =>
    void tabs.adopt().then((adopted) => (adopted > 0 ? delivery.flush() : undefined));

  // Mobile systems kill hidden pages without another word: hidden is the moment to send.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") return delivery.leave();
    delivery.resume();
    adopt();
  });
  window.addEventListener("pagehide", () => {
    delivery.leave();
    tabs.release();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    tabs.hold();
    outbox.refresh();
    delivery.resume();
  });
  window.addEventListener("online", () => {
    delivery.resume();
    adopt();
  });
  tabs.hold();
  adopt();
  after(SECOND_LOOK_MS, adopt);
}
