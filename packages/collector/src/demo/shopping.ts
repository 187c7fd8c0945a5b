import { type Product, PRODUCTS } from "./catalogue.js";
import { signIn } from "./account.js";
import { pay } from "./payment.js";
import type { Period } from "./rhythm.js";
import type { Session } from "./session.js";
import { GOES_ON } from "./stories.js";

/** What a visit to the shop came to; a cart that was left waits for the next visit. */
export type Shopping = { end: "left" | "bought" | "failed" } | { end: "cart"; product: Product };

const SIGNS_IN_TO_PAY = 0.5;
const STUMBLES = 0.012;

/** A visit to the public pages, from landing to the order or wherever it ends. */
export function shop(session: Session, period: Period): Shopping {
  const { random, source } = session;
  const product = random.weighted(PRODUCTS);
  land(session, product);
  if (random.chance(STUMBLES)) stumble(session);
  if (random.chance(source.bounces)) return { end: "left" };
  browse(session, product);
  if (!random.chance(GOES_ON.productViewed)) return { end: "left" };
  for (let others = random.whole(0, 2); others > 0; others--)
    view(session, random.weighted(PRODUCTS));
  view(session, product);
  if (!random.chance(GOES_ON.cartAdded * source.inclination)) return { end: "left" };
  session.wait(50);
  session.record("cart_added", {
    properties: { productId: product.id, category: product.category, price: product.price },
  });
  return checkOut(session, product, period);
}

/** From the cart on; also how a visit starts that takes up a cart left earlier. */
export function checkOut(session: Session, product: Product, period: Period): Shopping {
  const { random, person, browser } = session;
  session.wait(8);
  session.open("Cart", "/cart");
  if (!random.chance(GOES_ON.deliveryChosen)) return { end: "cart", product };
  const known = browser.userId !== undefined;
  if (!known && person.customer !== undefined && random.chance(SIGNS_IN_TO_PAY)) signIn(session);
  session.wait(20);
  session.open("Delivery", "/checkout/delivery");
  session.wait(40);
  const { mode } = random.weighted([
    { mode: "home", weight: 58 },
    { mode: "pickup point", weight: 30 },
    { mode: "store", weight: 12 },
  ]);
  session.record("delivery_chosen", { properties: { productId: product.id, mode } });
  if (!random.chance(GOES_ON.paymentSubmitted)) return { end: "cart", product };
  return { end: pay(session, product, period) };
}

function land(session: Session, product: Product): void {
  const { landing } = session.random.weighted([
    { landing: "home", weight: 42 },
    { landing: "category", weight: 34 },
    { landing: "product", weight: 24 },
  ]);
  if (landing === "home") session.open("Home", "/");
  else if (landing === "category") session.open("Category", `/c/${product.category}`);
  else openProduct(session, product);
}

function browse(session: Session, product: Product): void {
  const { random } = session;
  for (let pages = random.whole(1, 5); pages > 0; pages--) {
    session.wait(28);
    const { category } = pages === 1 ? product : random.weighted(PRODUCTS);
    session.open("Category", `/c/${category}`);
  }
}

function view(session: Session, product: Product): void {
  session.wait(18);
  openProduct(session, product);
  session.wait(2);
  session.record("product_viewed", {
    properties: { productId: product.id, category: product.category, price: product.price },
  });
  session.wait(30);
}

function openProduct(session: Session, product: Product): void {
  session.open("Product", `/p/${product.id}`, product.title[session.person.language]);
}

/** What goes wrong on any site on any day. */
function stumble(session: Session): void {
  session.wait(6);
  if (session.random.chance(0.4)) {
    session.record("rage_click", { properties: { target: "div.banner", clicks: 3 } });
  } else {
    session.record("js_error", {
      properties: { message: "ResizeObserver loop limit exceeded", source: "/assets/shop.js" },
    });
  }
}
