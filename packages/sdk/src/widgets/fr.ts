import type { Words } from "../survey/words.js";

export const fr: Words = {
  announce: "Une question pour vous :",
  feedback: "Votre avis",
  next: "Suivant",
  send: "Envoyer",
  skip: "Passer",
  back: "Retour",
  close: "Fermer",
  thanks: "Merci de votre réponse.",
  notApplicable: "Non concerné",
  hint: "N’écrivez ni nom, ni adresse, ni numéro de téléphone ou de compte.",
  stars: (count) => (count === 1 ? "1 étoile" : `${count} étoiles`),
  faces: ["Très mécontent", "Mécontent", "Neutre", "Content", "Très content"],
  thumbs: ["Pouce baissé", "Pouce levé"],
};
