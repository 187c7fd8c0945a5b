import { expect, test } from "vitest";
import { en } from "../widgets/en.js";
import { fr } from "../widgets/fr.js";
import type { Survey } from "../survey.js";
import { said } from "./language.js";

function chosen(language: string, keys: string[]): unknown[] {
  const survey: Survey = {
    id: "s",
    version: 1,
    kind: "relational",
    placement: "inline",
    questions: [{ id: "q", metric: "text" }],
    texts: Object.fromEntries(keys.map((key) => [key, { questions: { q: { ask: key } } }])),
  };
  const [found, texts, words] = said(survey, { language, words: { en, fr } });
  return [found, texts.questions["q"]?.ask, words.close];
}

test("a language is itself, else one of the same tongue, else the survey's first", () => {
  expect(chosen("pt-br", ["en", "pt-PT", "pt-BR"])).toEqual(["pt-BR", "pt-BR", "Close"]);
  expect(chosen("fr-CA", ["en", "fr"])).toEqual(["fr", "fr", "Fermer"]);
  expect(chosen("FR", ["en", "fr-CH"])).toEqual(["fr-CH", "fr-CH", "Fermer"]);
  expect(chosen("ja", ["de", "en"])).toEqual(["de", "de", "Close"]);
});
