import { createContext, type ComponentChildren } from "preact";
import { useContext, useEffect, useMemo, useState } from "preact/hooks";
import { createFormat, type Format } from "../format/format.js";
import type { Messages } from "./en.js";
import {
  detectLanguage,
  DICTIONARIES,
  localeOf,
  storedLanguage,
  storeLanguage,
  type Language,
} from "./language.js";

export interface I18n {
  language: Language;
  text: Messages;
  format: Format;
  setLanguage: (language: Language) => void;
}

const Context = createContext<I18n | null>(null);
const device = (): Storage => localStorage;

/** Gives every component the texts and formats of the reader's language. */
export function I18nProvider({ children }: { children: ComponentChildren }) {
  const [language, choose] = useState(() =>
    detectLanguage(storedLanguage(device), navigator.languages),
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo<I18n>(
    () => ({
      language,
      text: DICTIONARIES[language],
      format: createFormat(localeOf(language, navigator.languages)),
      setLanguage(next) {
        storeLanguage(device, next);
        choose(next);
      },
    }),
    [language],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useI18n(): I18n {
  const value = useContext(Context);
  if (value === null) throw new Error("useI18n() needs an <I18nProvider> around it");
  return value;
}
