/** Each with what it asks in English and French, and what the ends of its scale mean. */
const QUESTIONS = [
  {
    question: { metric: "nps", notApplicable: true },
    en: ["How likely are you to recommend us to a friend?", "Not at all", "Extremely"],
    fr: ["Recommanderiez-vous notre banque à un proche ?", "Certainement pas", "Certainement"],
  },
  {
    question: { metric: "csat", max: 5 },
    en: ["How satisfied are you with your payment?", "Not at all", "Completely"],
    fr: ["Êtes-vous satisfait de votre paiement ?", "Pas du tout", "Tout à fait"],
  },
  {
    question: { metric: "csat", max: 10 },
    en: ["How satisfied are you with our advice?", "Not at all", "Completely"],
    fr: ["Êtes-vous satisfait de nos conseils ?", "Pas du tout", "Tout à fait"],
  },
  {
    question: { metric: "ces", max: 5 },
    en: ["How much effort did it take?", "Very little", "Very much"],
    fr: ["Quel effort avez-vous dû fournir ?", "Très peu", "Énorme"],
  },
  {
    question: { metric: "ces", max: 7 },
    en: ["It was easy to find what I needed.", "Disagree", "Agree"],
    fr: ["J’ai facilement trouvé ce que je cherchais.", "Pas d’accord", "D’accord"],
  },
  {
    question: { metric: "stars" },
    en: ["How many stars for this article?"],
    fr: ["Combien d’étoiles pour cet article ?"],
  },
  {
    question: { metric: "smiley", max: 5 },
    en: ["How do you feel about your visit?"],
    fr: ["Que pensez-vous de votre visite ?"],
  },
  {
    question: { metric: "smiley", max: 3 },
    en: ["How was our call?"],
    fr: ["Comment s’est passé notre appel ?"],
  },
  {
    question: { metric: "thumbs" },
    en: ["Was this page helpful?"],
    fr: ["Cette page vous a-t-elle aidé ?"],
  },
  {
    question: { metric: "choice", options: ["price", "delay", "other"], multiple: true },
    en: ["What could be better?"],
    fr: ["Que pourrions-nous améliorer ?"],
  },
  {
    question: { metric: "choice", options: ["buy", "compare", "help"], trait: "need" },
    en: ["Why are you here today?"],
    fr: ["Pourquoi êtes-vous ici aujourd’hui ?"],
  },
  {
    question: { metric: "text" },
    en: ["What should we know?"],
    fr: ["Que devrions-nous savoir ?"],
  },
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

function find(wanted) {
  return QUESTIONS.find(({ question }) => question.metric === wanted);
}

/** @returns surveys of one question each, to stand within the page. */
export function singles() {
  return QUESTIONS.map(({ question, en, fr }, at) => ({
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
  const asked = [find("nps"), find("choice"), find("text")];
  const texts = (language) => ({
    questions: Object.fromEntries(
      ["score", "cause", "why"].map((id, at) => [id, textsOf(language, asked[at][language])]),
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
      { id: "cause", ...asked[1].question },
      { id: "why", metric: "text" },
    ],
    texts: { en: texts("en"), fr: texts("fr") },
  };
}
