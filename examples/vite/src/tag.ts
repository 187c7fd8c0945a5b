import { createTag } from "@balise/sdk";
import { pageViews } from "@balise/sdk/auto/page-views";
import type { Events } from "./events.js";

/** The one tag of the page. */
export const tag = createTag<Events>({
  key: import.meta.env.VITE_BALISE_KEY,
  host: import.meta.env.VITE_BALISE_HOST,
  app: "lamps/1.0.0",
  // Counted without a name until the visitor agrees to more.
  consent: "exempt",
  // Of what identify() is told, only this leaves the page.
  traits: ["plan"],
});

pageViews(tag);
