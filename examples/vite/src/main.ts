import { tag } from "./tag.js";

const PRICES: Record<string, number> = { heron: 49, galet: 29 };

function onClick(selector: string, act: (element: HTMLElement) => void): void {
  for (const element of document.querySelectorAll<HTMLElement>(selector))
    element.addEventListener("click", () => act(element));
}

onClick("[data-lamp]", ({ dataset: { lamp = "" } }) => {
  tag.track("cart_added", { lamp, quantity: 1 }, { value: PRICES[lamp] ?? 0, currency: "EUR" });
});

document.querySelector("#light")?.addEventListener("change", ({ target }) => {
  const { value } = target instanceof HTMLSelectElement ? target : { value: "" };
  tag.track("lamps_filtered", value === "warm" || value === "cold" ? { light: value } : {});
});

onClick("#empty", () => tag.track("cart_emptied"));

onClick("#agree", () => {
  tag.consent("full");
  tag.identify("customer-42", { plan: "family", city: "Lyon" });
});
