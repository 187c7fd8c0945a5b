import { el } from "../dom.js";
import { show } from "../layout.js";
import { order } from "../store.js";
import { t } from "../words.js";

const { id, total, items, delivery, counted } = order.get();
if (id === undefined) location.replace("/");
// A reload of this page is no second order.
else if (!counted) {
  balise.track(
    "order_completed",
    { order: id, items, delivery },
    { value: total, currency: "EUR", outcome: "success" },
  );
  order.set({ ...order.get(), counted: true });
}

show(() => [
  el("h1", { "data-testid": "thanks" }, t("thanks")),
  el("p", {}, `${t("done")} `, el("strong", { "data-testid": "order-id" }, id ?? "")),
  el("a", { class: "button", href: "/", "data-testid": "continue" }, t("back")),
]);
