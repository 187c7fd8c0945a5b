import { createTag } from "@balise/sdk";
import type { Events } from "./events.js";

/** The one tag of the page. */
export const tag = createTag<Events>({
  key: import.meta.env.VITE_BALISE_KEY,
  host: import.meta.env.VITE_BALISE_HOST,
  app: "lamps/1.0.0",
  area: () => (location.pathname.startsWith("/account") ? "connected" : "public"),
});
