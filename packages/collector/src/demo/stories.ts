/**
 * What the demo data hides for a funnel to find. Shares are those that a step is drawn with; over
 * the default month they are met within a few points.
 *
 * 1. **The mobile checkout breaks for one week**: the seven days before the last seven. On mobile,
 *    a first payment goes through in 12 % of cases instead of 92 %, a second try in 6 % instead of
 *    60 %: payment_submitted → order_completed falls from about 95 % to about 15 %. Failures come
 *    with `js_error` and `rage_click` on the payment page, low satisfaction and telephone calls.
 *    Desktop and tablet are untouched. Find it with a breakdown by device, week against week.
 * 2. **Paid social brings visitors and few buyers**: a fifth of the first visits, half of them leave
 *    after one page, and those who see a product put it into the cart a quarter as often as others.
 *    E-mail is the reverse: few visits, and twice as many carts. Find it with a breakdown by
 *    acquisition channel.
 * 3. **A form that makes people call**: of those who change their address, 35 % call or chat about it
 *    within two days, where other visits are followed by one in fifty. More than a third give the form up,
 *    most of them at the proof of address. Find it with `contact_after` and `form_fields`.
 * 4. **Paid search brings trials that do not stay**: of the customers who begin a trial of the club, 20 % of
 *    those who first came by paid search subscribe within 13 days, and 65 % of the others. Find it with
 *    `trial_churn_by_channel`.
 */
import type { DeviceKind } from "./devices.js";
import { DAY, type Period } from "./rhythm.js";

/** Shares of the visits that go on to each step, before a channel's own inclination. */
export const GOES_ON = {
  productViewed: 0.72,
  cartAdded: 0.34,
  deliveryChosen: 0.68,
  paymentSubmitted: 0.82,
} as const;

/** Shares of the payments that succeed, and of the failed ones that are tried again. */
export const PAYMENT = { first: 0.92, again: 0.6, retried: 0.6 } as const;
export const BROKEN_PAYMENT = { first: 0.12, again: 0.06, retried: 0.6 } as const;

/** The form by which customers change their address. */
export const ADDRESS_FORM = {
  filledIn: 0.14,
  submitted: 0.62,
  /** Of those who send it. */
  calls: 0.35,
  /** The last field of those who give it up. */
  fields: [
    { field: "proof", weight: 70 },
    { field: "street", weight: 18 },
    { field: "moving-day", weight: 12 },
  ],
} as const;

/** The club's trial: how many visits to the account begin one, and how many then subscribe. */
export const TRIAL = {
  begun: 0.4,
  subscribed: 0.65,
  subscribedOfPaidSearch: 0.2,
  days: 13,
} as const;

/** The week of the broken mobile checkout. */
export function brokenWeek(period: Period): { from: number; to: number } {
  return { from: period.end - 14 * DAY, to: period.end - 7 * DAY };
}

/** The payment's shares for a device at a moment. */
export function paymentShares(
  device: DeviceKind,
  time: number,
  period: Period,
): typeof PAYMENT | typeof BROKEN_PAYMENT {
  const { from, to } = brokenWeek(period);
  return device === "mobile" && time >= from && time < to ? BROKEN_PAYMENT : PAYMENT;
}
