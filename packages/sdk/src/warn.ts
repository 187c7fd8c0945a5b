import { attempt } from "./storage.js";

/** The one place that writes to the page's console, if there is one. */
export function warn(message: unknown): void {
  // oxlint-disable-next-line no-console -- what only the developer of the page can put right
  attempt(() => console.warn("[balise]", message));
}
