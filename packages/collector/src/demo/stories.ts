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
