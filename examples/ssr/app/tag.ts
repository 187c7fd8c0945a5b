import { createTag } from "@balise/sdk";
import type { Events } from "./events.js";

/** The one tag: on the server it is there too, and does nothing. */
export const tag = createTag<Events>({
  key: import.meta.env.VITE_BALISE_KEY,
  host: import.meta.env.VITE_BALISE_HOST,
  app: "lamps/1.0.0",
});
