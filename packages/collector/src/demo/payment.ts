import type { Product } from "./catalogue.js";
import type { Period } from "./rhythm.js";
import type { Session } from "./session.js";
import { BROKEN_PAYMENT, paymentShares } from "./stories.js";
import { askIn, CSAT } from "./surveys.js";

/** Shares of the orders, and of the payments given up, after which the survey is shown. */
const SURVEYED = { bought: 0.6, failed: 0.45 };
const ERRORS = 0.85;
const RAGE = 0.6;

/** From the payment page to the order or to giving up. */
export function pay(session: Session, product: Product, period: Period): "bought" | "failed" {
  const { random } = session;
  session.wait(25);
  session.open("Payment", "/checkout/payment");
  session.wait(45);
  const method = random.weighted([
    { method: "card", weight: 68 },
    { method: "paypal", weight: 24 },
    { method: "transfer", weight: 8 },
  ]).method;
  const shares = paymentShares(session.browser.device.kind, session.time(), period);
  const properties = { productId: product.id, method };
  for (const [place, share] of [shares.first, shares.again].entries()) {
    const outcome = random.chance(share) ? "success" : "failure";
    session.record("payment_submitted", {
      outcome,
      properties: { ...properties, attempt: place + 1 },
    });
    if (outcome === "success") {
      complete(session, product, method);
      return "bought";
    }
    fail(session, shares === BROKEN_PAYMENT);
    if (!random.chance(shares.retried)) break;
    session.wait(20);
  }
  if (random.chance(SURVEYED.failed)) askIn(session, CSAT, "displeased");
  return "failed";
}

function complete(session: Session, product: Product, method: string): void {
  const { random } = session;
  const quantity = random.chance(0.12) ? 2 : 1;
  session.wait(3);
  session.open("Confirmation", "/checkout/confirmation");
  session.record("order_completed", {
    outcome: "success",
    value: Math.round(product.price * quantity * 100) / 100,
    currency: "EUR",
    properties: {
      orderId: `o-${random.uuid(session.time()).slice(-8)}`,
      productId: product.id,
      category: product.category,
      quantity,
      method,
    },
  });
  if (random.chance(SURVEYED.bought)) askIn(session, CSAT, "content");
}

/** A refused payment; the broken checkout throws, and people tap the button again and again. */
function fail(session: Session, broken: boolean): void {
  const { random } = session;
  session.wait(2);
  if (broken && random.chance(ERRORS)) {
    session.record("js_error", {
      properties: {
        message: "TypeError: undefined is not an object (evaluating 'wallet.confirm')",
        source: "/assets/checkout.js",
      },
    });
  }
  if (random.chance(broken ? RAGE : 0.05)) {
    session.wait(3);
    session.record("rage_click", {
      properties: { target: "button#pay", clicks: random.whole(3, 9) },
    });
  }
}
