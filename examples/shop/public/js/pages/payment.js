import { el } from "../dom.js";
import { show, steps } from "../layout.js";
import { cart, order, orders } from "../store.js";
import { lines, total } from "../sum.js";
import { euros, t } from "../words.js";

if (lines().length === 0) location.replace("/cart.html");

let refused = false;
let attempt = 0;

show((draw) => [
  steps("payment"),
  el("h1", {}, t("payment")),
  el(
    "form",
    { class: "stack", "data-testid": "payment-form", onsubmit: (event) => pay(event, draw) },
    el(
      "label",
      {},
      t("name"),
      el("input", {
        name: "name",
        required: true,
        autocomplete: "cc-name",
        "data-testid": "card-name",
      }),
    ),
    el(
      "label",
      {},
      t("card"),
      el("input", {
        name: "card",
        required: true,
        inputmode: "numeric",
        autocomplete: "cc-number",
        pattern: "[0-9 ]{12,23}",
        "aria-describedby": "card-hint",
        "data-testid": "card-number",
      }),
    ),
    el("p", { class: "muted", id: "card-hint" }, t("cardHint")),
    refused && el("p", { class: "error", role: "alert", "data-testid": "refused" }, t("refused")),
    el("button", { "data-testid": "pay" }, `${t("pay")} ${euros(total())}`),
  ),
]);

function pay(event, draw) {
  event.preventDefault();
  attempt++;
  const accepted = !new FormData(event.target).get("card").replaceAll(" ", "").endsWith("0002");
  const amount = total();
  balise.track(
    "payment_submitted",
    { method: "card", attempt },
    { outcome: accepted ? "success" : "failure", value: amount, currency: "EUR" },
  );
  if (!accepted) {
    refused = true;
    draw();
    return;
  }
  const id = `L-${Date.now().toString(36).toUpperCase()}`;
  const items = lines().map(([product, quantity]) => `${quantity} × ${product.name}`);
  orders.set([{ id, at: Date.now(), total: amount, items }, ...orders.get()]);
  order.set({ ...order.get(), id, total: amount, items: items.length, counted: false });
  cart.set({});
  location.href = "/done.html";
}
