for (const button of document.querySelectorAll("[data-lamp]")) {
  const { lamp } = button.dataset;
  button.addEventListener("click", () => {
    balise.track("cart_added", { lamp, quantity: 1 }, { value: 49, currency: "EUR" });
  });
}
