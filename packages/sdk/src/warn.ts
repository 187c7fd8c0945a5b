/** The one place that writes to the page's console. */
export function warn(message: string): void {
  // oxlint-disable-next-line no-console -- what only the developer of the page can put right
  globalThis.console?.warn("[balise]", message);
}
