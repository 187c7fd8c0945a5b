import { el } from "../dom.js";
import { show } from "../layout.js";
import { contract, orders, user } from "../store.js";
import { euros, t } from "../words.js";

/** The connected area is a single page: its routes change the address without a load. */
const ROUTES = {
  "/account": ["overview", overview],
  "/account/orders": ["orders", myOrders],
  "/account/contract": ["contract", myContract],
};

const visitor = user.get();
if (!visitor) location.replace("/login.html");
else {
  render();
  addEventListener("popstate", render);
}

function render() {
  const [title, content] = ROUTES[location.pathname] ?? ROUTES["/account"];
  document.title = `${t(title)} – Luciole`;
  show((draw) => [
    el("nav", { class: "tabs" }, ...Object.entries(ROUTES).map(tab)),
    el("h1", { "data-testid": `view-${title}` }, t(title)),
    ...content(draw),
    el(
      "button",
      { type: "button", class: "quiet", "data-testid": "logout", onclick: logout },
      t("logout"),
    ),
  ]);
}

function tab([path, [title]]) {
  const go = (event) => {
    event.preventDefault();
    history.pushState(null, "", path);
    render();
  };
  const current = path === location.pathname ? "page" : undefined;
  return el(
    "a",
    { href: path, "aria-current": current, "data-testid": `tab-${title}`, onclick: go },
    t(title),
  );
}

function overview() {
  return [
    el("p", { "data-testid": "hello" }, `${t("hello")} ${visitor.name}`),
    el("p", {}, t("overviewText")),
  ];
}

function myOrders() {
  const all = orders.get();
  if (all.length === 0) return [el("p", {}, t("noOrders"))];
  return [
    el(
      "ul",
      { class: "lines" },
      ...all.map(({ id, total, items }) =>
        el(
          "li",
          {},
          el("strong", {}, id),
          el("span", {}, items.join(", ")),
          el("span", { class: "price" }, euros(total)),
        ),
      ),
    ),
  ];
}

function myContract(draw) {
  const addSpare = () => {
    contract.set({ spare: true });
    balise.track(
      "contract_option_added",
      { option: "spare" },
      { outcome: "success", value: 2, currency: "EUR" },
    );
    draw();
  };
  return [
    el("p", {}, t("contractText")),
    contract.get().spare
      ? el("p", { role: "status", "data-testid": "spare-on" }, t("spareOn"))
      : el(
          "p",
          {},
          el(
            "button",
            { type: "button", "data-testid": "add-spare", onclick: addSpare },
            t("spare"),
          ),
        ),
  ];
}

function logout() {
  balise.track("logout");
  balise.reset();
  user.set(null);
  location.href = "/";
}
