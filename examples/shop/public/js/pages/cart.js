import { el } from "../dom.js";
import { show, steps } from "../layout.js";
import { cart } from "../store.js";
import { goods, lines } from "../sum.js";
import { euros, t } from "../words.js";

show((draw) =>
  lines().length === 0
    ? [
        el("h1", {}, t("cart")),
        el("p", { "data-testid": "empty" }, t("empty")),
        el("a", { href: "/" }, t("back")),
      ]
    : [
        steps("cart"),
        el("h1", {}, t("cart")),
        el("ul", { class: "lines" }, ...lines().map((line) => row(line, draw))),
        el(
          "p",
          { class: "sum" },
          t("total"),
          el("strong", { "data-testid": "total" }, euros(goods())),
        ),
        el(
          "a",
          { class: "button", href: "/delivery.html", "data-testid": "to-delivery" },
          t("toDelivery"),
        ),
      ],
);

function row([product, quantity], draw) {
  const change = (to) => {
    cart.set({ ...cart.get(), [product.id]: to });
    if (to === 0) balise.track("cart_removed", { product: product.id });
    draw();
  };
  return el(
    "li",
    {},
    el("img", { src: `/img/${product.id}.svg`, alt: "", width: "72", height: "60" }),
    el("span", {}, product.name),
    el("input", {
      type: "number",
      min: "1",
      max: "9",
      value: String(quantity),
      "aria-label": `${t("quantity")}: ${product.name}`,
      onchange: (event) => change(Math.min(9, Math.max(1, Number(event.target.value) || 1))),
    }),
    el("span", { class: "price" }, euros(product.price * quantity)),
    el(
      "button",
      {
        type: "button",
        class: "quiet",
        "aria-label": `${t("remove")}: ${product.name}`,
        "data-testid": `remove-${product.id}`,
        onclick: () => change(0),
      },
      "×",
    ),
  );
}
