import { DELIVERY } from "../catalogue.js";
import { el } from "../dom.js";
import { show, steps } from "../layout.js";
import { order } from "../store.js";
import { lines } from "../sum.js";
import { euros, t } from "../words.js";

if (lines().length === 0) location.replace("/cart.html");

show(() => [
  steps("delivery"),
  el("h1", {}, t("delivery")),
  el(
    "form",
    { "data-testid": "delivery-form", onsubmit: choose },
    el("div", { class: "choices" }, ...Object.entries(DELIVERY).map(choice)),
    el("button", { "data-testid": "to-payment" }, t("toPayment")),
  ),
]);

function choice([method, price]) {
  return el(
    "label",
    { class: "choice" },
    el("input", {
      type: "radio",
      name: "delivery",
      value: method,
      required: true,
      checked: method === "standard",
      "data-testid": `delivery-${method}`,
    }),
    el("span", {}, t(method)),
    el("span", { class: "price" }, price === 0 ? t("free") : euros(price)),
  );
}

function choose(event) {
  event.preventDefault();
  const delivery = new FormData(event.target).get("delivery");
  order.set({ delivery });
  balise.track(
    "delivery_chosen",
    { method: delivery },
    { value: DELIVERY[delivery], currency: "EUR" },
  );
  location.href = "/payment.html";
}
