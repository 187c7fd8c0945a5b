import { useEffect, useRef } from "preact/hooks";
import { useI18n } from "../i18n/context.js";
import { PAGE_NAMES } from "../pages/pages.js";
import { writePage, type Route } from "../state/route.js";
import type { Scope } from "../state/scope.js";
import { Icon } from "./icon.js";
import { Logo } from "./logo.js";

interface Properties {
  /** Null at the key gate: there is nowhere to go yet. */
  page: Route["page"] | null;
  /** What the page is asked about: the others are asked about the same. */
  scope: Scope;
  onSignOut: () => void;
}

export function Header({ page, scope, onSignOut }: Properties) {
  const { text, language, setLanguage } = useI18n();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the pages are wider than it: the one that is open is in sight.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>("[aria-current]");
    current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [page, language]);
  return (
    <header class="header">
      <div class="header-inner">
        {page !== null && (
          <>
            <Logo />
            <nav aria-label={text.app.nav} class="nav" ref={nav}>
              {PAGE_NAMES.map((name) => (
                <a
                  key={name}
                  href={writePage(name, scope)}
                  aria-current={page === name ? "page" : undefined}
                  data-testid={`nav-${name}`}
                >
                  {text.app[name]}
                </a>
              ))}
            </nav>
          </>
        )}
        <div class="header-end">
          <button
            type="button"
            class="button button-quiet"
            data-testid="language"
            lang={text.language.otherCode}
            title={text.language.other}
            onClick={() => setLanguage(language === "en" ? "fr" : "en")}
          >
            <span class="wide-only">{text.language.other}</span>
            <span class="narrow-only">{text.language.otherShort}</span>
          </button>
          {page !== null && (
            <button
              type="button"
              class="button button-quiet"
              data-testid="sign-out"
              aria-label={text.app.signOut}
              onClick={onSignOut}
            >
              <Icon name="signOut" />
              <span class="wide-only">{text.app.signOut}</span>
            </button>
          )}
        </div>
      </div>
    </header>
  );
}
