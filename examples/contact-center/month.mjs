import { randomOf } from "./random.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const REASONS = ["Facture", "Livraison", "Contrat", "Panne", "Réclamation"];
const CHANNELS = ["Téléphone", "Téléphone", "Téléphone", "Chat", "E-mail", "Boutique"];

/**
 * A month of a contact centre as its tools export it: local times, decimal commas, words in French.
 * `start` is the first day, UTC. The same seed gives the same month.
 */
export function monthOf({ seed, customers, start, days }) {
  const random = randomOf(seed);
  const oneOf = (all) => all[Math.floor(random() * all.length)];
  const base = Array.from({ length: customers }, (_, n) => ({
    Client: `C-${String(n + 1).padStart(5, "0")}`,
    Segment: oneOf(["Particulier", "Particulier", "Professionnel"]),
    "Client depuis": dayText(start - Math.floor(random() * 2000) * DAY),
    "Résilié le": random() < 0.03 ? dayText(start + Math.floor(random() * days) * DAY) : "",
  }));
  const contacts = [];
  for (const { Client } of base) {
    // Most customers have none, which is what a mean without the base leaves out.
    while (random() < 0.28)
      contacts.push(contactOf(Client, start + random() * days * DAY, random, oneOf));
  }
  contacts.sort((a, b) => a.opened - b.opened);
  return { base, contacts: contacts.map(rowOf) };
}

function contactOf(client, moment, random, oneOf) {
  // The centre is open from 8 to 18 o'clock UTC.
  const opened = Math.floor(moment / DAY) * DAY + 8 * HOUR + Math.floor(random() * 36_000) * 1000;
  const closed =
    random() < 0.1 ? undefined : opened + Math.floor(600 + random() ** 3 * 4 * 86_400) * 1000;
  const resolved = random() < 0.8;
  return {
    client,
    opened,
    closed,
    channel: oneOf(CHANNELS),
    reason: oneOf(REASONS),
    wait: Math.round(random() ** 2 * 6000) / 10,
    talk: Math.round(600 + random() * 6000) / 10,
    transfers: random() < 0.15 ? 1 : 0,
    resolved,
    reopened: !resolved && random() < 0.5,
  };
}

function rowOf(
  { client, opened, closed, channel, reason, wait, talk, transfers, resolved, reopened },
  n,
) {
  return {
    "N° de dossier": `D-${String(n + 1).padStart(6, "0")}`,
    Client: client,
    Canal: channel,
    Motif: reason,
    "Ouvert le": timeText(opened),
    "Clos le": closed === undefined ? "" : timeText(closed),
    "Attente (s)": numberText(wait),
    "Conversation (s)": closed === undefined ? "" : numberText(talk),
    Transferts: String(transfers),
    Résolu: closed === undefined ? "" : resolved ? "Oui" : "Non",
    Rouvert: reopened ? "Oui" : "Non",
  };
}

const times = new Intl.DateTimeFormat("fr-FR", {
  timeZone: "Europe/Paris",
  dateStyle: "short",
  timeStyle: "medium",
});

const timeText = (time) => times.format(time);

const dayText = (time) =>
  new Date(time).toISOString().slice(0, 10).split("-").toReversed().join("/");

const numberText = (value) => String(value).replace(".", ",");
