import type { Campaign } from "@balise/schema";

/** A way by which visitors come; the collector finds the name again from campaign and referrer. */
export interface Source {
  /** The collector's acquisition channel. */
  channel: string;
  weight: number;
  /** Share of the visits that end after one page. */
  bounces: number;
  /** Factor on the share that goes from a product to the cart. */
  inclination: number;
  referrer?: string;
  campaign?: Campaign;
  /** The query of the landing page that carries the campaign. */
  query?: string;
}

function tagged(source: string, medium: string, name: string): Pick<Source, "campaign" | "query"> {
  return {
    campaign: { source, medium, name },
    query: `utm_source=${source}&utm_medium=${medium}&utm_campaign=${name}`,
  };
}

const DIRECT: Source = { channel: "direct", weight: 21, bounces: 0.24, inclination: 1 };
const NEWSLETTER: Source = {
  channel: "email",
  weight: 7,
  bounces: 0.14,
  inclination: 2,
  ...tagged("newsletter", "email", "weekly-offers"),
};
const PAID_SOCIAL = { channel: "paid_social", bounces: 0.5, inclination: 0.25 } as const;

/** First visits. */
export const SOURCES: readonly [Source, ...Source[]] = [
  DIRECT,
  NEWSLETTER,
  {
    channel: "organic_search",
    weight: 24,
    bounces: 0.33,
    inclination: 1,
    referrer: "https://www.google.com/",
  },
  {
    channel: "organic_search",
    weight: 3,
    bounces: 0.33,
    inclination: 1,
    referrer: "https://www.bing.com/",
  },
  {
    channel: "paid_search",
    weight: 9,
    bounces: 0.3,
    inclination: 1.1,
    referrer: "https://www.google.com/",
    campaign: { clickIdType: "gclid" },
    query: "gclid=demo",
  },
  {
    channel: "paid_search",
    weight: 4,
    bounces: 0.3,
    inclination: 1.1,
    referrer: "https://www.bing.com/",
    ...tagged("bing", "cpc", "brand"),
  },
  {
    ...PAID_SOCIAL,
    weight: 13,
    referrer: "https://l.instagram.com/",
    ...tagged("instagram", "paid_social", "autumn-stories"),
  },
  {
    ...PAID_SOCIAL,
    weight: 7,
    referrer: "https://m.facebook.com/",
    ...tagged("facebook", "paid_social", "autumn-reels"),
  },
  {
    channel: "organic_social",
    weight: 4,
    bounces: 0.42,
    inclination: 0.7,
    referrer: "https://www.linkedin.com/",
  },
  {
    channel: "referral",
    weight: 4,
    bounces: 0.35,
    inclination: 1,
    referrer: "https://guide.example/",
  },
  {
    channel: "affiliates",
    weight: 3,
    bounces: 0.38,
    inclination: 0.9,
    referrer: "https://compare.example/",
    ...tagged("compare", "affiliate", "autumn"),
  },
];

/** How those who know the shop come back. */
export const RETURNS: readonly [Source, ...Source[]] = [
  { ...DIRECT, weight: 60 },
  { ...NEWSLETTER, weight: 18 },
  { ...NEWSLETTER, weight: 6, ...tagged("crm", "email", "cart-reminder") },
  {
    channel: "organic_search",
    weight: 16,
    bounces: 0.25,
    inclination: 1.1,
    referrer: "https://www.google.com/",
  },
];
