import { tag } from "./tag.js";

const PRICES: Record<string, number> = { heron: 49, galet: 29 };

/** Runs on the server and in the browser; it tells of a lamp without a price from there alone. */
export function priceOf(lamp: string): number | undefined {
  const price = PRICES[lamp];
  if (price === undefined) tag.track("price_missing", { lamp });
  return price;
}
