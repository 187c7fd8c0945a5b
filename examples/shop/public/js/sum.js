import { DELIVERY, productOf } from "./catalogue.js";
import { cart, order } from "./store.js";

/** The lines of the cart as `[product, quantity]`. */
export function lines() {
  return Object.entries(cart.get())
    .map(([id, quantity]) => [productOf(id), quantity])
    .filter(([product, quantity]) => product && quantity > 0);
}

export function goods() {
  return lines().reduce((sum, [product, quantity]) => sum + product.price * quantity, 0);
}

/** Goods with delivery. */
export function total() {
  return goods() + (DELIVERY[order.get().delivery] ?? 0);
}
