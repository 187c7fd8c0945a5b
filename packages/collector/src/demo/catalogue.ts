export type Language = "fr" | "en";

type Words = Record<Language, string>;

export interface Product {
  id: string;
  weight: number;
  category: string;
  /** In euros. */
  price: number;
  title: Words;
}

export const SHOP = "https://shop.example";

export const PRODUCTS: readonly [Product, ...Product[]] = [
  product("p-101", 14, "phones", 649, "Smartphone Orion 8", "Orion 8 smartphone"),
  product("p-102", 9, "phones", 329, "Smartphone Orion Mini", "Orion Mini smartphone"),
  product("p-201", 8, "computers", 1099, "Portable Vega 14 pouces", "Vega 14-inch laptop"),
  product("p-202", 6, "computers", 79.9, "Clavier sans fil", "Wireless keyboard"),
  product("p-301", 12, "audio", 149, "Casque à réduction de bruit", "Noise-cancelling headphones"),
  product("p-302", 11, "audio", 59.9, "Enceinte de voyage", "Travel speaker"),
  product("p-401", 9, "home", 89.5, "Lampe connectée", "Smart lamp"),
  product("p-402", 7, "home", 219, "Aspirateur robot", "Robot vacuum cleaner"),
  product("p-501", 10, "accessories", 24.9, "Chargeur rapide", "Fast charger"),
  product("p-502", 14, "accessories", 19.9, "Coque de protection", "Protective case"),
];

function product(
  id: string,
  weight: number,
  category: string,
  price: number,
  fr: string,
  en: string,
): Product {
  return { id, weight, category, price, title: { fr, en } };
}

/** Titles by the name that the team gave to the page. */
export const TITLES = {
  Home: { fr: "Accueil", en: "Home" },
  Category: { fr: "Rayon", en: "Category" },
  Product: { fr: "Produit", en: "Product" },
  Cart: { fr: "Votre panier", en: "Your cart" },
  Delivery: { fr: "Livraison", en: "Delivery" },
  Payment: { fr: "Paiement", en: "Payment" },
  Confirmation: { fr: "Merci pour votre commande", en: "Thank you for your order" },
  "Sign in": { fr: "Connexion", en: "Sign in" },
  "My account": { fr: "Mon compte", en: "My account" },
  "My contracts": { fr: "Mes contrats", en: "My contracts" },
  "My contract": { fr: "Mon contrat", en: "My contract" },
  "My orders": { fr: "Mes commandes", en: "My orders" },
  "My invoices": { fr: "Mes factures", en: "My invoices" },
  "My details": { fr: "Mes coordonnées", en: "My details" },
  Help: { fr: "Aide", en: "Help" },
} as const satisfies Record<string, Words>;

export type PageName = keyof typeof TITLES;

/** What people write under a score, by how content they are. */
export const VERBATIMS = {
  low: {
    fr: [
      "Le paiement ne passe pas sur mon téléphone.",
      "Trop compliqué, j’ai dû appeler.",
      "Livraison en retard et personne ne répond.",
    ],
    en: [
      "Payment does not go through on my phone.",
      "Too complicated, I had to call.",
      "Late delivery and nobody answers.",
    ],
  },
  high: {
    fr: ["Simple et rapide.", "Très bon accueil au téléphone.", "Livré en deux jours, parfait."],
    en: ["Quick and easy.", "Very helpful on the phone.", "Delivered in two days, perfect."],
  },
} as const;
