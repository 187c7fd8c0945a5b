import { productOf, PRODUCTS } from "../catalogue.js";
import { el } from "../dom.js";
import { show } from "../layout.js";
import { cart, lang } from "../store.js";
import { euros, t } from "../words.js";

const product = productOf(new URLSearchParams(location.search).get("id")) ?? PRODUCTS[0];
const { id, name, category, price } = product;
let added = false;

document.title = `${name} – Luciole`;
balise.track("product_viewed", { product: id, category, price });

show((draw) => [
  el("p", {}, el("a", { href: "/" }, `← ${t("back")}`)),
  el(
    "article",
    { class: "product" },
    el("img", { src: `/img/${id}.svg`, alt: "", width: "480", height: "400" }),
    el(
      "div",
      {},
      el("h1", {}, name),
      el("p", { class: "muted" }, t(category)),
      el("p", {}, product[lang.get()]),
      el("p", { class: "price large" }, euros(price)),
      el(
        "button",
        { type: "button", "data-testid": "add-to-cart", onclick: () => add(draw) },
        t("add"),
      ),
      el(
        "p",
        { role: "status", "data-testid": "added" },
        added && el("span", {}, `${t("added")} `),
        added && el("a", { href: "/cart.html", "data-testid": "go-to-cart" }, t("toCart")),
      ),
    ),
  ),
]);

function add(draw) {
  const lines = cart.get();
  cart.set({ ...lines, [id]: (lines[id] ?? 0) + 1 });
  balise.track("cart_added", { product: id, category }, { value: price, currency: "EUR" });
  added = true;
  draw();
}
