/** A survey of one question for each kind, and a chain of three that branches. */
const QUESTIONS = [
  [
    { metric: "nps", notApplicable: true },
    ["How likely are you to recommend us to a friend?", "Not at all", "Extremely"],
    ["Recommanderiez-vous notre banque à un proche ?", "Certainement pas", "Certainement"],
  ],
  [
    { metric: "csat", max: 5 },
    ["How satisfied are you with your payment?", "Not at all", "Completely"],
    ["Êtes-vous satisfait de votre paiement ?", "Pas du tout", "Tout à fait"],
  ],
  [
    { metric: "csat", max: 10 },
    ["How satisfied are you with our advice?", "Not at all", "Completely"],
    ["Êtes-vous satisfait de nos conseils ?", "Pas du tout", "Tout à fait"],
  ],
  [
    { metric: "ces", max: 5 },
    ["How much effort did it take?", "Very little", "Very much"],
    ["Quel effort avez-vous dû fournir ?", "Très peu", "Énorme"],
  ],
  [
    { metric: "ces", max: 7 },
    ["It was easy to find what I needed.", "Disagree", "Agree"],
    ["J’ai facilement trouvé ce que je cherchais.", "Pas d’accord", "D’accord"],
  ],
  [{ metric: "stars" }, ["How many stars for this article?"], ["Combien d’étoiles pour cet article ?"]],
  [{ metric: "smiley", max: 5 }, ["How do you feel about your visit?"], ["Que pensez-vous de votre visite ?"]],
  [{ metric: "smiley", max: 3 }, ["How was our call?"], ["Comment s’est passé notre appel ?"]],
  [{ metric: "thumbs" }, ["Was this page helpful?"], ["Cette page vous a-t-elle aidé ?"]],
  [
    { metric: "choice", options: ["price", "delay", "other"], multiple: true },
    ["What could be better?"],
    ["Que pourrions-nous améliorer ?"],
  ],
  [
    { metric: "choice", options: ["buy", "compare", "help"], trait: "need" },
    ["Why are you here today?"],
    ["Pourquoi êtes-vous ici aujourd’hui ?"],
  ],
  [{ metric: "text" }, ["What should we know?"], ["Que devrions-nous savoir ?"]],
];

const OPTIONS = {
  en: {
    price: "The price",
    delay: "The delivery",
    other: "Something else",
    buy: "To buy",
    compare: "To compare",
    help: "To get help",
  },
  fr: {
    price: "Le prix",
    delay: "La livraison",
    other: "Autre chose",
    buy: "Pour acheter",
    compare: "Pour comparer",
    help: "Pour être aidé",
  },
};

function textsOf(language, [ask, low, high]) {
  return { ask, low, high, options: OPTIONS[language] };
}

/** @returns surveys of one question each, to stand within the page. */
export function singles() {
  return QUESTIONS.map(([question, en, fr], at) => ({
    id: `${question.metric}-${at}`,
    version: 1,
    kind: "transactional",
    placement: "inline",
    questions: [{ id: "q", ...question }],
    texts: {
      en: { questions: { q: textsOf("en", en) } },
      fr: { questions: { q: textsOf("fr", fr) } },
    },
  }));
}

/** @returns a score, what was wrong if it is low, and why. */
export function chain(placement) {
  const [[, nps, npsFr], , , , , , , , , [cause, causeEn, causeFr], , [, text, textFr]] = QUESTIONS;
  const texts = (language, asked) => ({
    questions: Object.fromEntries(
      ["score", "cause", "why"].map((id, at) => [id, textsOf(language, asked[at])]),
    ),
  });
  return {
    id: `relation-${placement}`,
    version: 1,
    kind: "relational",
    touchpoint: "example",
    placement,
    questions: [
      { id: "score", metric: "nps", branches: [{ scores: [7, 10], go: "why" }] },
      { id: "cause", ...cause },
      { id: "why", metric: "text" },
    ],
    texts: { en: texts("en", [nps, causeEn, text]), fr: texts("fr", [npsFr, causeFr, textFr]) },
  };
}
