/** What the shop remembers between its pages. */
const read = (key, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(`shop.${key}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const write = (key, value) => localStorage.setItem(`shop.${key}`, JSON.stringify(value));

export const lang = {
  get: () => read("lang", navigator.language.startsWith("fr") ? "fr" : "en"),
  set: (value) => write("lang", value),
};

/** `{ [product id]: quantity }` */
export const cart = {
  get: () => read("cart", {}),
  set: (value) => write("cart", value),
  count: () => Object.values(cart.get()).reduce((sum, quantity) => sum + quantity, 0),
};

/** `{ delivery, paid? }` */
export const order = { get: () => read("order", {}), set: (value) => write("order", value) };

/** `[{ id, at, total, items }]` */
export const orders = { get: () => read("orders", []), set: (value) => write("orders", value) };

/** `{ id, name }` or null */
export const user = { get: () => read("user", null), set: (value) => write("user", value) };

export const contract = {
  get: () => read("contract", { spare: false }),
  set: (v) => write("contract", v),
};
