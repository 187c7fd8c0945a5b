// Never run: `npm run build` compiles it, and fails where the plan takes what it must not.
import type { Tag } from "@balise/sdk";
import type { Events } from "./events.js";

export function plan(tag: Tag<Events>): void {
  tag.track("cart_added", { lamp: "heron", quantity: 1 }, { value: 49, currency: "EUR" });
  tag.track("lamps_filtered");
  tag.track("cart_emptied");

  // @ts-expect-error -- no event of the plan has this name
  tag.track("cart_add", { lamp: "heron", quantity: 1 });
  // @ts-expect-error -- quantity is a number
  tag.track("cart_added", { lamp: "heron", quantity: "1" });
  // @ts-expect-error -- quantity is missing
  tag.track("cart_added", { lamp: "heron" });
  // @ts-expect-error -- the plan knows no colour
  tag.track("cart_added", { lamp: "heron", quantity: 1, colour: "red" });
  // @ts-expect-error -- light is warm or cold
  tag.track("lamps_filtered", { light: "blue" });
  // @ts-expect-error -- this event has no properties
  tag.track("cart_emptied", { why: "too dear" });
}
