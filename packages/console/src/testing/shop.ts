import { createRandom } from "./random.js";

export interface ShopEvent {
  name: string;
  /** Epoch milliseconds. */
  time: number;
  properties: Record<string, unknown>;
  /** Epoch milliseconds; soon after `time` when not given. */
  received?: number;
}

export interface Visitor {
  id: string;
  known: boolean;
  device: "desktop" | "mobile" | "tablet";
  browser: string;
  os: string;
  channel: string;
  acquisitionChannel: string;
  events: ShopEvent[];
}

export const STEPS = [
  "page_view",
  "product_viewed",
  "cart_added",
  "delivery_chosen",
  "payment_submitted",
  "order_completed",
] as const;

/** Share that goes on to each next step: on mobile, the payment page loses most. */
const GOES_ON = {
  desktop: [0.62, 0.41, 0.66, 0.83, 0.94],
  mobile: [0.57, 0.36, 0.61, 0.44, 0.9],
  tablet: [0.6, 0.38, 0.64, 0.71, 0.92],
} as const;

/** Typical seconds before each next step. */
const SECONDS = [48, 140, 95, 210, 22];
const PLANS = ["basic", "plus", "family"];
const SOURCES = ["direct", "organic_search", "paid_search", "email", "organic_social", "referral"];

/** The visitors of a shop over 30 days before `now`. The same seed and moment give the same shop. */
export function createShop(now: number, people = 6000, seed = 7): Visitor[] {
  const random = createRandom(seed);
  const pick = <T>(values: readonly [T, ...T[]] | readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error("pick() needs at least one value");
    return value;
  };
  return Array.from({ length: people }, (_, index) => {
    const chance = random();
    const device = chance < 0.56 ? "mobile" : chance < 0.94 ? "desktop" : "tablet";
    const known = random() < 0.3;
    const webview = device === "mobile" && random() < 0.25;
    let time = now - random() ** 1.3 * 30 * 86_400_000;
    const events: ShopEvent[] = [];
    for (const [at, name] of STEPS.entries()) {
      if (at > 0) {
        if (random() >= (GOES_ON[device][at - 1] ?? 0)) break;
        // Log-normal: most are quick, some come back days later.
        const spread = Math.exp((random() + random() + random() - 1.5) * 2.4);
        time += (SECONDS[at - 1] ?? 60) * 1000 * spread * (random() < 0.03 ? 900 : 1);
      }
      if (time > now) break;
      events.push({ name, time: Math.round(time), properties: propertiesOf(name, pick) });
      if (name === "product_viewed" && random() < 0.2) {
        events.push({ name: "reviews_read", time: Math.round(time) + 9000, properties: {} });
      }
    }
    return {
      id: known ? `customer-${10_000 + index}` : identifier(index, random),
      known,
      device,
      browser:
        device === "mobile" ? pick(["Safari", "Chrome"]) : pick(["Chrome", "Firefox", "Edge"]),
      os: device === "mobile" ? pick(["iOS", "Android"]) : pick(["Windows", "macOS"]),
      channel: webview ? "webview" : "web",
      acquisitionChannel: pick(SOURCES),
      events,
    };
  });
}

function propertiesOf(name: string, pick: (values: string[]) => string): Record<string, unknown> {
  if (name === "page_view") return {};
  const product = { plan: pick(PLANS) };
  return name === "delivery_chosen" ? { ...product, mode: pick(["home", "store"]) } : product;
}

function identifier(index: number, random: () => number): string {
  const tail = Math.floor(random() * 2 ** 24 + Math.floor(random() * 2 ** 24) * 2 ** 24)
    .toString(16)
    .padStart(12, "0");
  return `0193a5c0-${index.toString(16).padStart(4, "0")}-7000-8000-${tail}`;
}
