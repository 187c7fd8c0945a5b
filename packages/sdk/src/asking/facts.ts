import type { AskingContext } from "./context.js";

/** What is known of the visitor and the page, by the name that an audience asks for. */
export function factOf(
  { options: { area, channel = "web" }, memories }: Pick<AskingContext, "options" | "memories">,
  property: string,
): unknown {
  const { before, converted = false, traits = {} } = memories.get();
  switch (property) {
    case "area":
      return typeof area === "function" ? area() : area;
    case "channel":
      return channel;
    case "language":
      return (document.documentElement.lang || navigator.language).split("-")[0]?.toLowerCase();
    case "device":
      return deviceOf(navigator.userAgent);
    case "visitor":
      return before ? "returning" : "new";
    case "converted":
      return converted;
    default:
      return traits[property.slice("traits.".length)];
  }
}

/** As the collector reads it: a telephone says Mobile, an Android without it is a tablet. */
function deviceOf(agent: string): string {
  if (/iPad|Tablet|Android(?!.*Mobile)/.test(agent)) return "tablet";
  return /Mobi/.test(agent) ? "mobile" : "desktop";
}
