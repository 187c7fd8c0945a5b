import type { Survey, SurveyTexts } from "../survey.js";
import type { Kit, ShowOptions } from "./kit.js";
import type { Words } from "./words.js";

/** The key that comes closest to a language: itself, one of the same tongue, or else the first. */
function closest(language: string, keyed: object): string {
  const keys = Object.keys(keyed);
  const wanted = language.toLowerCase();
  const [found = keys[0] ?? ""] = [wanted, wanted.split("-")[0] ?? wanted].flatMap((start) =>
    keys.filter((key) => key.toLowerCase().startsWith(start)),
  );
  return found;
}

/** The language to ask in, and what is said in it by the survey and by its widgets. */
export function said(
  { texts }: Survey,
  { language, words }: ShowOptions & Pick<Kit, "words">,
): [language: string, texts: SurveyTexts, words: Words] {
  const wanted = language || document.documentElement.lang || navigator.language;
  const found = closest(wanted, texts);
  // Both have a language at least.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return [found, texts[found] as SurveyTexts, words[closest(found, words)] as Words];
}
