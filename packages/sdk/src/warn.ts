/** The one place that writes to the page's console. */
export function warn(message: unknown): void {
  // oxlint-disable-next-line no-console -- what only the developer of the page can put right
  console.warn("[balise]", message);
}
