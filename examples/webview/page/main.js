import { tag } from "./tag.js";

const on = (id, run) =>
  document.querySelector(`[data-testid="${id}"]`)?.addEventListener("click", run);

on("renew", () => tag.track("contract_renewed", { months: 12 }, { outcome: "success" }));
on("documents", () => history.pushState(null, "", "/documents"));
