import { el } from "./dom.js";
import { cart, lang, user } from "./store.js";
import { t } from "./words.js";

/** Draws header, page and footer, and draws them again in the other language on demand. */
export function show(content) {
  const draw = () => {
    document.documentElement.lang = lang.get();
    const focused = document.activeElement?.dataset.testid;
    document.body.replaceChildren(header(draw), el("main", {}, ...content(draw)), footer());
    // The control that caused the drawing keeps the focus.
    if (focused) document.querySelector(`[data-testid="${focused}"]`)?.focus();
  };
  draw();
}

function header(draw) {
  const count = cart.count();
  const other = lang.get() === "fr" ? "en" : "fr";
  const switchTo = () => {
    lang.set(other);
    draw();
  };
  return el(
    "header",
    {},
    el("a", { class: "brand", href: "/", "data-testid": "home" }, "Luciole"),
    el(
      "nav",
      {},
      user.get()
        ? el("a", { href: "/account", "data-testid": "account-link" }, t("account"))
        : el("a", { href: "/login.html", "data-testid": "login-link" }, t("login")),
      el(
        "a",
        { href: "/cart.html", "data-testid": "cart-link" },
        t("cart"),
        count > 0 && el("span", { class: "count", "data-testid": "cart-count" }, String(count)),
      ),
      el(
        "button",
        { type: "button", class: "quiet", lang: other, "data-testid": "lang", onclick: switchTo },
        other.toUpperCase(),
      ),
    ),
  );
}

const footer = () => el("footer", {}, t("footer"));

/** Where the visitor is on the way to an order. */
export function steps(current) {
  return el(
    "ol",
    { class: "steps" },
    ...["cart", "delivery", "payment"].map((step) =>
      el("li", { "aria-current": step === current ? "step" : undefined }, t(step)),
    ),
  );
}
