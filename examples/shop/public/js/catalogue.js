/** What the shop sells. Prices in euros. */
export const PRODUCTS = [
  {
    id: "brume",
    name: "Brume",
    category: "table",
    price: 89,
    en: "A table lamp in opal glass, as soft as morning mist.",
    fr: "Une lampe de table en verre opale, douce comme la brume du matin.",
  },
  {
    id: "heron",
    name: "Héron",
    category: "floor",
    price: 189,
    en: "A slender floor lamp that leans over your reading chair.",
    fr: "Un lampadaire élancé qui se penche sur le fauteuil de lecture.",
  },
  {
    id: "galet",
    name: "Galet",
    category: "table",
    price: 49,
    en: "A pebble of light, with a battery for twelve evenings.",
    fr: "Un galet de lumière, avec une batterie pour douze soirées.",
  },
  {
    id: "canopee",
    name: "Canopée",
    category: "ceiling",
    price: 229,
    en: "A wide ceiling lamp in folded paper for the whole table.",
    fr: "Une grande suspension en papier plié pour toute la tablée.",
  },
  {
    id: "phare",
    name: "Phare",
    category: "wall",
    price: 69,
    en: "A wall lamp that turns, for stairs and bedsides.",
    fr: "Une applique orientable pour l’escalier ou le chevet.",
  },
  {
    id: "lune",
    name: "Lune",
    category: "ceiling",
    price: 149,
    en: "A disc of brass and light that dims to almost nothing.",
    fr: "Un disque de laiton et de lumière qui se tamise presque jusqu’à la nuit.",
  },
];

export const DELIVERY = { standard: 5, express: 12, shop: 0 };

export function productOf(id) {
  return PRODUCTS.find((product) => product.id === id);
}
