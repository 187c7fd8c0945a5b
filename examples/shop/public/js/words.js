import { lang } from "./store.js";

const WORDS = {
  tagline: ["Lamps made to be repaired", "Des lampes faites pour être réparées"],
  intro: [
    "Six lamps, made in small series, with parts you can order for ten years.",
    "Six lampes en petites séries, dont les pièces se commandent pendant dix ans.",
  ],
  cart: ["Cart", "Panier"],
  login: ["Log in", "Connexion"],
  account: ["My account", "Mon compte"],
  logout: ["Log out", "Se déconnecter"],
  table: ["Table lamp", "Lampe de table"],
  floor: ["Floor lamp", "Lampadaire"],
  ceiling: ["Ceiling lamp", "Suspension"],
  wall: ["Wall lamp", "Applique"],
  add: ["Add to cart", "Ajouter au panier"],
  added: ["In your cart.", "Dans votre panier."],
  toCart: ["Go to cart", "Voir le panier"],
  back: ["All lamps", "Toutes les lampes"],
  empty: ["Your cart is empty.", "Votre panier est vide."],
  remove: ["Remove", "Retirer"],
  quantity: ["Quantity", "Quantité"],
  total: ["Total", "Total"],
  toDelivery: ["Choose delivery", "Choisir la livraison"],
  delivery: ["Delivery", "Livraison"],
  standard: ["Standard, 3 to 5 days", "Standard, 3 à 5 jours"],
  express: ["Express, tomorrow", "Express, demain"],
  shop: ["Collect at the workshop", "Retrait à l’atelier"],
  free: ["free", "gratuit"],
  toPayment: ["Go to payment", "Passer au paiement"],
  payment: ["Payment", "Paiement"],
  card: ["Card number", "Numéro de carte"],
  name: ["Name on the card", "Nom sur la carte"],
  cardHint: [
    "A demonstration: 4242 4242 4242 4242 is accepted, 4000 0000 0000 0002 is refused.",
    "Démonstration : 4242 4242 4242 4242 est acceptée, 4000 0000 0000 0002 est refusée.",
  ],
  refused: [
    "Your bank refused this card. Nothing was charged; try another card.",
    "Votre banque a refusé cette carte. Rien n’a été débité ; essayez-en une autre.",
  ],
  pay: ["Pay", "Payer"],
  thanks: ["Thank you!", "Merci !"],
  done: [
    "Your order is on its way to our workshop. Number:",
    "Votre commande est en route vers l’atelier. Numéro :",
  ],
  email: ["E-mail", "Adresse e-mail"],
  password: ["Password", "Mot de passe"],
  loginHint: [
    "A demonstration: any address, with the password demo.",
    "Démonstration : n’importe quelle adresse, avec le mot de passe demo.",
  ],
  loginWrong: [
    "Address and password do not match.",
    "L’adresse et le mot de passe ne correspondent pas.",
  ],
  hello: ["Hello", "Bonjour"],
  overview: ["Overview", "Accueil"],
  overviewText: [
    "Your orders and your care contract, in one place.",
    "Vos commandes et votre contrat d’entretien, au même endroit.",
  ],
  orders: ["My orders", "Mes commandes"],
  noOrders: ["No orders yet.", "Pas encore de commande."],
  contract: ["My contract", "Mon contrat"],
  contractText: [
    "Care contract: repair within five days, for as long as you keep the lamp.",
    "Contrat d’entretien : réparation en cinq jours, tant que vous gardez la lampe.",
  ],
  spare: ["Add a lamp on loan (2 € a month)", "Ajouter une lampe de prêt (2 € par mois)"],
  spareOn: [
    "A lamp on loan is part of your contract.",
    "Une lampe de prêt fait partie de votre contrat.",
  ],
  footer: [
    "An invented shop: nothing is sold here.",
    "Une boutique inventée : rien n’est vendu ici.",
  ],
};

export const t = (key) => WORDS[key]?.[lang.get() === "fr" ? 1 : 0] ?? key;

export const euros = (amount) =>
  new Intl.NumberFormat(lang.get(), {
    style: "currency",
    currency: "EUR",
    maximumFractionDigits: 0,
  }).format(amount);
