import { el } from "../dom.js";
import { show } from "../layout.js";
import { user } from "../store.js";
import { t } from "../words.js";

let wrong = false;

show((draw) => [
  el("h1", {}, t("login")),
  el(
    "form",
    { class: "stack", "data-testid": "login-form", onsubmit: (event) => login(event, draw) },
    el(
      "label",
      {},
      t("email"),
      el("input", {
        type: "email",
        name: "email",
        required: true,
        autocomplete: "username",
        "data-testid": "email",
      }),
    ),
    el(
      "label",
      {},
      t("password"),
      el("input", {
        type: "password",
        name: "password",
        required: true,
        autocomplete: "current-password",
        "data-testid": "password",
      }),
    ),
    el("p", { class: "muted" }, t("loginHint")),
    wrong &&
      el("p", { class: "error", role: "alert", "data-testid": "login-wrong" }, t("loginWrong")),
    el("button", { "data-testid": "login" }, t("login")),
  ),
]);

function login(event, draw) {
  event.preventDefault();
  const form = new FormData(event.target);
  if (form.get("password") !== "demo") {
    balise.track("login", {}, { outcome: "failure" });
    wrong = true;
    draw();
    return;
  }
  const email = form.get("email");
  const id = customerNumber(email);
  user.set({ id, name: email.split("@")[0] });
  balise.identify(id, { customer: "yes" });
  balise.track("login", {}, { outcome: "success" });
  location.href = "/account";
}

/** The shop's own number for a customer: the address itself is never sent. */
function customerNumber(email) {
  let number = 0;
  for (const letter of email.trim().toLowerCase())
    number = (number * 31 + letter.codePointAt(0)) % 900_000;
  return `C-${100_000 + number}`;
}
