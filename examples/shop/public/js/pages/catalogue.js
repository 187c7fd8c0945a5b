import { PRODUCTS } from "../catalogue.js";
import { el } from "../dom.js";
import { show } from "../layout.js";
import { euros, t } from "../words.js";

show(() => [
  el("section", { class: "hero" }, el("h1", {}, t("tagline")), el("p", {}, t("intro"))),
  el("ul", { class: "grid" }, ...PRODUCTS.map(card)),
]);

function card({ id, name, category, price }) {
  return el(
    "li",
    {},
    el(
      "a",
      { class: "card", href: `/product.html?id=${id}`, "data-testid": `product-${id}` },
      el("img", { src: `/img/${id}.svg`, alt: "", width: "240", height: "200" }),
      el("strong", {}, name),
      el("span", {}, t(category)),
      el("span", { class: "price" }, euros(price)),
    ),
  );
}
